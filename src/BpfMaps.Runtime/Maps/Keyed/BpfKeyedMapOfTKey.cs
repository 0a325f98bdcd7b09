using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Base class of maps with keys: removing, counting and enumerating them.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
[SkipLocalsInit]
public abstract class BpfKeyedMap<TKey> : BpfMap
    where TKey : unmanaged
{
    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The size of the keys differs from that of the map.</exception>
    private protected BpfKeyedMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) => KeyFormat = new(CheckSize<TKey>(schema.Key, raw.KeySize, "key"));

    /// <summary>Gets the keys. Each enumeration reads the map in batches.</summary>
    public BpfKeyCollection<TKey> Keys => new(Raw);

    private protected PaddingFormat KeyFormat { get; }

    /// <summary>Removes a key (BPF_MAP_DELETE_ELEM, Linux 3.18).</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool Remove(in TKey key)
    {
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        return Raw.Delete(keyBytes);
    }

    /// <summary>Removes many keys (BPF_MAP_DELETE_BATCH, Linux 5.6; one by one before). Keys that do not exist are ignored.</summary>
    /// <param name="keys">The keys.</param>
    /// <returns>The number of keys removed.</returns>
    /// <exception cref="BpfException">The kernel returned an error. The keys before were removed.</exception>
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

    /// <summary>Removes all keys in batches. Keys that are added during the call may remain.</summary>
    /// <exception cref="BpfException">
    /// The kernel returned an error (BPF_MAP_LOOKUP_AND_DELETE_BATCH or BPF_MAP_DELETE_BATCH, Linux 5.6; key by key before).
    /// </exception>
    public void Clear()
    {
        bool takesBatches = Raw.Type.WalksByBucket();
        using BpfBatchCursor cursor = TypedCursor.Over(Raw, takesBatches ? BpfBatchMode.LookupAndDelete : BpfBatchMode.KeysOnly);
        while (cursor.MoveNext())
        {
            // If reading does not remove, the chunk is removed here, and the next chunk is read from the beginning.
            if (!takesBatches)
                BatchWriter.Delete(Raw, cursor.Keys);
        }
    }

    /// <summary>Counts the elements by enumerating them, because the kernel has no count.</summary>
    /// <returns>The number of elements, approximate if the map is modified during the call.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public int Count()
    {
        using BpfBatchCursor cursor = TypedCursor.Over(Raw, BpfBatchMode.KeysOnly);
        while (cursor.MoveNext()) { }
        return checked((int)cursor.TotalCount);
    }
}
