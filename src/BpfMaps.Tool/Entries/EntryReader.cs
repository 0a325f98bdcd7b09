namespace BpfMaps.Tool.Entries;

/// <summary>Reads the entries of a map in chunks, so that a map of any size takes little memory.</summary>
internal static class EntryReader
{
    /// <summary>Enumerates the entries. The bytes of an entry are valid until the next one.</summary>
    /// <exception cref="NotSupportedException">The map has no keys.</exception>
    public static IEnumerable<Entry> Read(RawMap map)
    {
        if (map.KeySize == 0)
            throw new NotSupportedException($"map {map} has no keys: its elements cannot be read without removing them");
        byte[] key = new byte[map.KeySize];
        byte[] value = new byte[map.ElementValueSize];
        using BpfBatchCursor cursor = new(map, BpfBatchMode.Lookup, chunkSize: 0, BpfLookupFlags.None, mayWalk: true);
        while (cursor.MoveNext())
        {
            for (int index = 0; index < cursor.Count; index++)
            {
                cursor.GetKey(index).CopyTo(key);
                cursor.GetValue(index).CopyTo(value);
                yield return new Entry(key, value);
            }
        }
    }

    /// <summary>Reads the value of a key; for per-CPU maps, the values of all possible CPUs.</summary>
    /// <returns><see langword="null"/> if the map has no such key.</returns>
    public static byte[]? TryRead(RawMap map, ReadOnlySpan<byte> key)
    {
        byte[] value = new byte[map.ElementValueSize];
        return (map.PerCpuValueSize != 0 ? map.TryLookupPerCpu(key, value) : map.TryLookup(key, value)) ? value : null;
    }
}
