using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// A hash table (BPF_MAP_TYPE_HASH, Linux 3.19), or one that evicts its least recently used entries (BPF_MAP_TYPE_LRU_HASH, Linux 4.10).
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Every single operation is one system call and allocates nothing. An LRU map evicts an entry instead of being full, and may do so before
/// it holds <see cref="BpfMapInfo.MaxEntries"/> of them.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfHashMap<TKey, TValue> : BpfElementMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.Hash, BpfMapType.LruHash];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The sizes of the types differ from those of the map.</exception>
    protected BpfHashMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Gets the value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyNotFoundException">Reading: the map has no such key.</exception>
    /// <exception cref="BpfMapFullException">Set: the key is new and the map is full.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public TValue this[in TKey key]
    {
        get
        {
            if (!TryGetValue(in key, out TValue value))
                ThrowNoSuchKey(in key);
            return value;
        }
        set => Set(in key, in value);
    }

    /// <summary>Copies the value of a key out of the map (BPF_MAP_LOOKUP_ELEM, Linux 3.18).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; <see langword="default"/> on a miss.</param>
    /// <param name="flags">
    /// The flags of the lookup: <see cref="BpfLookupFlags.Lock"/> reads under the value's <see cref="BpfSpinLock"/>, so that no partially
    /// written value is read.
    /// </param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="BpfException">The kernel returned an error; EINVAL for a lock that is not in the BTF of the map.</exception>
    public bool TryGetValue(in TKey key, out TValue value, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        return Raw.TryRead(keyBytes, out value, flags);
    }

    /// <summary>Returns whether a key exists. Costs as much as reading the value.</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool ContainsKey(in TKey key) => TryGetValue(in key, out _);

    /// <summary>
    /// Copies the value of a key out of the map and removes the key, in one step (BPF_MAP_LOOKUP_AND_DELETE_ELEM, Linux 5.14).
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; <see langword="default"/> on a miss.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="BpfNotSupportedException">The kernel has no such operation for hashes.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryRemove(in TKey key, out TValue value)
    {
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        return Raw.TryTake(keyBytes, out value);
    }

    /// <summary>Removes elements and hands them out (BPF_MAP_LOOKUP_AND_DELETE_BATCH, Linux 5.6; key by key before).</summary>
    /// <returns>What to enumerate, once. Nothing is removed before that.</returns>
    /// <remarks>
    /// Elements are removed a batch at a time before they are returned, so stopping early loses the rest of the current batch. Elements
    /// that programs add during the enumeration are returned or remain in the map; none is lost.
    /// </remarks>
    public BpfDrain<TKey, TValue> Drain() => new(Raw);

    [DoesNotReturn]
    private void ThrowNoSuchKey(in TKey key)
    {
        string? text = key.ToString();
        // A struct without its own ToString is shown as bytes, as in bpftool.
        if (text == typeof(TKey).ToString())
        {
            using CleanBytes<TKey> bytes = new(in key, KeyFormat, stackalloc byte[KeyFormat.ScratchSize]);
            text = $"{typeof(TKey).Name} {BitConverter.ToString(bytes.Bytes.ToArray()).Replace('-', ' ')}";
        }

        throw new KeyNotFoundException($"Map {Raw} has no such key ({text}).");
    }
}
