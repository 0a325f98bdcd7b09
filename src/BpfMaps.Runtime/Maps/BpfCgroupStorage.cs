using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>A value for each control group that a program was attached to (BPF_MAP_TYPE_CGROUP_STORAGE, Linux 4.19). Programs get at it with <c>bpf_get_local_storage</c>.</summary>
/// <remarks>
/// <inheritdoc cref="BpfCgroupStorageMap{TKey, TValue}" path="/remarks"/>
/// Where Linux is 6.2 or later, <see cref="BpfCgrpStorage{TValue}"/> is what to take for something new.
/// </remarks>
/// <inheritdoc cref="BpfCgroupStorageMap{TKey, TValue}" path="/typeparam"/>
[SkipLocalsInit]
public abstract class BpfCgroupStorage<TKey, TValue> : BpfCgroupStorageMap<TKey, TValue>, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.CgroupStorage];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The sizes of the types are not those of the map.</exception>
#pragma warning disable RS0022 // The common base is not for deriving from; this class is.
    protected BpfCgroupStorage(RawMap raw, BpfMapSchema schema)
#pragma warning restore RS0022
        : base(raw, schema)
    {
    }

    /// <summary>Copies the value of a control group out of the map (BPF_MAP_LOOKUP_ELEM, Linux 4.19).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; <see langword="default"/> on a miss.</param>
    /// <param name="flags">How to read: with <see cref="BpfLookupFlags.Lock"/> under the value's <see cref="BpfSpinLock"/>.</param>
    /// <returns><see langword="false"/> if no program with this map was attached there.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGetValue(in TKey key, out TValue value, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        // Key and value may be one variable, so nothing is written to the value before the kernel has read the key.
        TValue answer = default;
        bool found = Raw.TryLookup(keyBytes, MemoryMarshal.AsBytes(new Span<TValue>(ref answer)), flags);
        value = answer;
        return found;
    }

    /// <summary>Whether a control group has a value. Costs as much as reading it.</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if no program with this map was attached there.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool ContainsKey(in TKey key) => TryGetValue(in key, out _);

    /// <summary>Replaces the value of a control group (BPF_MAP_UPDATE_ELEM, Linux 4.19).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="flags"><see cref="BpfUpdateFlags.Exist"/>, with <see cref="BpfUpdateFlags.Lock"/> to write under the value's <see cref="BpfSpinLock"/>.</param>
    /// <returns><see langword="false"/> if no program with this map was attached there; nothing is added.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryUpdate(in TKey key, in TValue value, BpfUpdateFlags flags = BpfUpdateFlags.Exist)
    {
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        using CleanBytes<TValue> valueBytes = new(in value, ValueFormat, stackalloc byte[ValueFormat.ScratchSize]);
        return Raw.Update(keyBytes, valueBytes.Bytes, flags) == BpfUpdateResult.Ok;
    }

    /// <summary>Walks over keys and values, two calls each. Nothing is allocated per element.</summary>
    /// <returns>The enumerator.</returns>
    public BpfElementEnumerator<TKey, TValue> GetEnumerator() => new(Raw, BpfBatchMode.Lookup);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
