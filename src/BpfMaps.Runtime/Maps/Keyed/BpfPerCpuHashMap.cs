using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// A hash table with one value per possible CPU (BPF_MAP_TYPE_PERCPU_HASH, Linux 4.6), or one that also evicts its least recently used
/// entries (BPF_MAP_TYPE_LRU_PERCPU_HASH, Linux 4.10).
/// </summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of one CPU's value.</typeparam>
/// <remarks>
/// Programs write the value of their CPU without a lock. User space reads the values of all CPUs or their total.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfPerCpuHashMap<TKey, TValue> : BpfKeyedMap<TKey, TValue>, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.PerCpuHash, BpfMapType.LruPerCpuHash];

    private readonly PerCpuFormat<TValue> _slots;

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The sizes of the types differ from those of the map.</exception>
    protected BpfPerCpuHashMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) => _slots = new(raw, ValueFormat, Accumulate);

    /// <summary>Gets the number of possible CPUs, which is the number of values per key. It may exceed the number of online CPUs.</summary>
    public int CpuCount => _slots.CpuCount;

    /// <summary>Copies the values of a key, one per possible CPU (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">Receives <see cref="CpuCount"/> values; unchanged if there are none.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="ArgumentException"><paramref name="values"/> is too short; nothing was read.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetValues(in TKey key, Span<TValue> values)
    {
        _slots.ThrowIfTooShort(values.Length, nameof(values));
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        if (_slots.IsDense)
            return Raw.TryLookupPerCpu(keyBytes, MemoryMarshal.AsBytes(values[..CpuCount]));

        using ScratchBuffer buffer = new(stackalloc byte[_slots.OnStack], _slots.Size);
        if (!Raw.TryLookupPerCpu(keyBytes, buffer.Bytes))
            return false;
        new BpfPerCpuView<TValue>(buffer.Bytes).CopyTo(values);
        return true;
    }

    /// <summary>Reads the values of a key and makes one of them (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="key">The key.</param>
    /// <param name="total">
    /// The total over all possible CPUs, field by field as declared; <see langword="default"/> on a miss.
    /// </param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryAggregate(in TKey key, out TValue total) => TryTotal(in key, out total, remove: false);

    /// <summary>
    /// Reads the values of a key, removes the key, in one step, and makes one of the values (BPF_MAP_LOOKUP_AND_DELETE_ELEM, Linux 5.14).
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="total">The total over all possible CPUs; <see langword="default"/> on a miss.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="BpfNotSupportedException">The kernel has no such operation for hashes.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryRemove(in TKey key, out TValue total) => TryTotal(in key, out total, remove: true);

    /// <summary>Returns whether the map has a key. Costs as much as reading its values.</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool ContainsKey(in TKey key) => TryAggregate(in key, out _);

    /// <summary>Adds or replaces the values of a key (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">One value for each possible CPU.</param>
    /// <exception cref="ArgumentException">There are more or fewer; nothing was written.</exception>
    /// <exception cref="BpfMapFullException">The key is new and the map is full.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void Set(in TKey key, ReadOnlySpan<TValue> values)
    {
        if (Update(in key, values, BpfUpdateFlags.Any) == BpfUpdateResult.Full)
            ThrowFull();
    }

    /// <summary>Adds or replaces the values of a key and returns the result (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">One value for each possible CPU.</param>
    /// <param name="flags">Whether to add the element, to replace it, or either.</param>
    /// <returns>The result of the update; a full map is not an exception.</returns>
    /// <exception cref="ArgumentException">The number of values is wrong; nothing was written.</exception>
    /// <exception cref="BpfException">The kernel returned an error; EINVAL if the flags are not valid for the map.</exception>
    public BpfUpdateResult Update(in TKey key, ReadOnlySpan<TValue> values, BpfUpdateFlags flags)
    {
        _slots.ThrowIfNotOnePerCpu(values.Length, nameof(values));
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        if (_slots.IsDense)
            return Raw.UpdatePerCpu(keyBytes, MemoryMarshal.AsBytes(values), flags);

        using ScratchBuffer buffer = new(stackalloc byte[_slots.OnStack], _slots.Size);
        _slots.Write(values, buffer.Bytes);
        return Raw.UpdatePerCpu(keyBytes, buffer.Bytes, flags);
    }

    /// <summary>Gives a key the same value on all possible CPUs (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="BpfMapFullException">The key is new and the map is full.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void SetAll(in TKey key, in TValue value)
    {
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        using ScratchBuffer buffer = new(stackalloc byte[_slots.OnStack], _slots.Size);
        _slots.WriteAll(in value, buffer.Bytes);
        if (Raw.UpdatePerCpu(keyBytes, buffer.Bytes) == BpfUpdateResult.Full)
            ThrowFull();
    }

    /// <summary>Enumerates keys and the values of all CPUs in place (BPF_MAP_LOOKUP_BATCH, Linux 5.6; key by key before).</summary>
    /// <returns>A sequence to enumerate.</returns>
    public BpfPerCpuElements<TKey, TValue> PerCpu() => new(Raw);

    /// <summary>Removes elements and returns their totals (BPF_MAP_LOOKUP_AND_DELETE_BATCH, Linux 5.6; key by key before).</summary>
    /// <returns>What to enumerate, once. Nothing is removed before that.</returns>
    /// <remarks>
    /// Elements are removed a batch at a time before they are returned, so stopping early loses the rest of the current batch.
    /// </remarks>
    public BpfPerCpuDrain<TKey, TValue> Drain() => new(Raw, _slots);

    /// <summary>
    /// Enumerates keys and totals in batches (BPF_MAP_LOOKUP_BATCH, Linux 5.6; key by key before), without allocating per element.
    /// </summary>
    /// <returns>The enumerator.</returns>
    public BpfTotalEnumerator<TKey, TValue> GetEnumerator() => new(Raw, _slots, BpfBatchMode.Lookup);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    internal sealed override void Total(ReadOnlySpan<byte> element, Span<byte> value)
    {
        TValue total = _slots.Total(element);
        MemoryMarshal.Write(value, in total);
    }

    /// <summary>Adds the value of one CPU to the total. Generated code does so field by field.</summary>
    /// <param name="total">The total; initially the value of the first possible CPU.</param>
    /// <param name="value">The value of another CPU.</param>
    protected abstract void Accumulate(ref TValue total, in TValue value);

    private bool TryTotal(in TKey key, out TValue total, bool remove)
    {
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        using ScratchBuffer buffer = new(stackalloc byte[_slots.OnStack], _slots.Size);
        bool found = remove ? Raw.TryLookupAndDeletePerCpu(keyBytes, buffer.Bytes) : Raw.TryLookupPerCpu(keyBytes, buffer.Bytes);
        total = found ? _slots.Total(buffer.Bytes) : default;
        return found;
    }
}
