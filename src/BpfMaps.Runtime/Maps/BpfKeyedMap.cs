using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>What all maps with keys of their own have in common: removing, counting, listing the keys.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
[SkipLocalsInit]
public abstract class BpfKeyedMap<TKey> : BpfMap
    where TKey : unmanaged
{
    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The size of the keys is not that of the map.</exception>
    private protected BpfKeyedMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) => KeyFormat = new(CheckSize<TKey>(schema.Key, raw.KeySize, "key"));

    /// <summary>The keys. Each enumeration walks over the map in batches.</summary>
    public BpfKeyCollection<TKey> Keys => new(Raw);

    private protected PaddingFormat KeyFormat { get; }

    /// <summary>Removes a key (BPF_MAP_DELETE_ELEM, Linux 3.18).</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool Remove(in TKey key)
    {
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        return Raw.Delete(keyBytes);
    }

    /// <summary>Removes many keys (BPF_MAP_DELETE_BATCH, Linux 5.6; one by one before). A key that is not there is passed over.</summary>
    /// <param name="keys">The keys.</param>
    /// <returns>How many of them were there and are removed.</returns>
    /// <exception cref="BpfException">The kernel refused. Those before are removed.</exception>
    public int RemoveRange(ReadOnlySpan<TKey> keys)
    {
        if (!KeyFormat.HasPadding)
            return BatchWriter.Delete(Raw, MemoryMarshal.AsBytes(keys));

        int removed = 0;
        int chunk = BatchWriter.ElementsPerCopy(Unsafe.SizeOf<TKey>());
        using ScratchBuffer copy = new(default, Math.Min(chunk, keys.Length) * Unsafe.SizeOf<TKey>());
        for (; !keys.IsEmpty; keys = keys[Math.Min(chunk, keys.Length)..])
        {
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(keys[..Math.Min(chunk, keys.Length)]);
            KeyFormat.CopyClean(bytes, copy.Bytes);
            removed += BatchWriter.Delete(Raw, copy.Bytes[..bytes.Length]);
        }
        return removed;
    }

    /// <summary>Removes all keys, in batches. Keys that are added meanwhile may stay.</summary>
    /// <exception cref="BpfException">The kernel refused (BPF_MAP_LOOKUP_AND_DELETE_BATCH or BPF_MAP_DELETE_BATCH, Linux 5.6; key by key before).</exception>
    public void Clear()
    {
        bool takesBatches = Raw.Type.WalksByBucket();
        using BpfBatchCursor cursor = TypedCursor.Over(Raw, takesBatches ? BpfBatchMode.LookupAndDelete : BpfBatchMode.KeysOnly);
        while (cursor.MoveNext())
        {
            // Where reading cannot remove, the chunk is removed here, and the next one is read from the beginning of what is left.
            if (!takesBatches)
                BatchWriter.Delete(Raw, cursor.Keys);
        }
    }

    /// <summary>Counts the elements by walking over all of them: the kernel keeps no count.</summary>
    /// <returns>How many there were; while others write, a number near it.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public int Count()
    {
        using BpfBatchCursor cursor = TypedCursor.Over(Raw, BpfBatchMode.KeysOnly);
        while (cursor.MoveNext())
        {
        }
        return checked((int)cursor.TotalCount);
    }
}

/// <summary>What the maps have in common that have keys of their own and values that the declaration names.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public abstract class BpfKeyedMap<TKey, TValue> : BpfKeyedMap<TKey>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The sizes of the types are not those of the map.</exception>
    private protected BpfKeyedMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) => ValueFormat = new(CheckSize<TValue>(schema.Value, raw.ValueSize, "value"));

    private protected PaddingFormat ValueFormat { get; }
}
