using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Values of the cgroups that a program is attached to, one per possible CPU, created by attaching it (BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE,
/// Linux 4.20). Programs use <c>bpf_get_local_storage</c>, which returns the value of their CPU.
/// </summary>
/// <remarks><inheritdoc cref="BpfAttachedStorage{TKey, TValue}" path="/remarks"/></remarks>
/// <inheritdoc cref="BpfAttachedStorage{TKey, TValue}" path="/typeparam"/>
[SkipLocalsInit]
public abstract class BpfAttachedPerCpuCgroupStorage<TKey, TValue>
    : BpfAttachedStorage<TKey, TValue>,
        IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.PerCpuCgroupStorage];

    private readonly PerCpuFormat<TValue> _slots;

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The sizes of the types differ from those of the map.</exception>
    protected BpfAttachedPerCpuCgroupStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) => _slots = new(raw, ValueFormat, Accumulate);

    /// <summary>Gets the number of possible CPUs, which is the number of values per key. It may exceed the number of online CPUs.</summary>
    public int CpuCount => _slots.CpuCount;

    /// <summary>Copies the values of a cgroup, one per possible CPU (BPF_MAP_LOOKUP_ELEM, Linux 4.20).</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">Receives <see cref="CpuCount"/> values; unchanged if there are none.</param>
    /// <returns><see langword="false"/> if no program with this map was attached to the cgroup.</returns>
    /// <exception cref="ArgumentException"><paramref name="values"/> is too short; nothing was read.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetValues(in TKey key, Span<TValue> values)
    {
        _slots.ThrowIfTooShort(values.Length, nameof(values));
        using ScratchBuffer buffer = new(stackalloc byte[_slots.OnStack], _slots.Size);
        if (!TryRead(in key, buffer.Bytes))
            return false;
        new BpfPerCpuView<TValue>(buffer.Bytes).CopyTo(values);
        return true;
    }

    /// <summary>Reads the values of a control group and makes one of them (BPF_MAP_LOOKUP_ELEM, Linux 4.20).</summary>
    /// <param name="key">The key.</param>
    /// <param name="total">
    /// The total over all possible CPUs, field by field as declared; <see langword="default"/> on a miss.
    /// </param>
    /// <returns><see langword="false"/> if no program with this map was attached to the cgroup.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryAggregate(in TKey key, out TValue total)
    {
        using ScratchBuffer buffer = new(stackalloc byte[_slots.OnStack], _slots.Size);
        bool found = TryRead(in key, buffer.Bytes);
        total = found ? _slots.Total(buffer.Bytes) : default;
        return found;
    }

    /// <summary>Replaces the values of a control group (BPF_MAP_UPDATE_ELEM, Linux 4.20).</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">One value for each possible CPU.</param>
    /// <returns><see langword="false"/> if no program with this map was attached to the cgroup; nothing was added.</returns>
    /// <exception cref="ArgumentException">The number of values is wrong; nothing was written.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryUpdate(in TKey key, ReadOnlySpan<TValue> values)
    {
        _slots.ThrowIfNotOnePerCpu(values.Length, nameof(values));
        using ScratchBuffer buffer = new(stackalloc byte[_slots.OnStack], _slots.Size);
        _slots.Write(values, buffer.Bytes);
        return TryWrite(in key, buffer.Bytes);
    }

    /// <summary>Replaces the values of a control group by the same one on all possible CPUs (BPF_MAP_UPDATE_ELEM, Linux 4.20).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if no program with this map was attached to the cgroup; nothing was added.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryUpdateAll(in TKey key, in TValue value)
    {
        using ScratchBuffer buffer = new(stackalloc byte[_slots.OnStack], _slots.Size);
        _slots.WriteAll(in value, buffer.Bytes);
        return TryWrite(in key, buffer.Bytes);
    }

    /// <summary>Enumerates keys and the values of all CPUs in place, with two system calls per element.</summary>
    /// <returns>A sequence to enumerate.</returns>
    public BpfPerCpuElements<TKey, TValue> PerCpu() => new(Raw);

    /// <summary>Enumerates keys and totals, with two system calls per element and without allocating per element.</summary>
    /// <returns>The enumerator.</returns>
    public BpfTotalEnumerator<TKey, TValue> GetEnumerator() => new(Raw, _slots, BpfBatchMode.Lookup);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private protected sealed override bool Exists(in TKey key) => TryAggregate(in key, out _);

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

    private bool TryRead(in TKey key, Span<byte> values)
    {
        Unsafe.SkipInit(out TKey room);
        return Raw.TryLookupPerCpu(KeyFormat.CleanKey(in key, ref room), values);
    }

    private bool TryWrite(in TKey key, ReadOnlySpan<byte> values)
    {
        Unsafe.SkipInit(out TKey room);
        return Raw.UpdatePerCpu(KeyFormat.CleanKey(in key, ref room), values, BpfUpdateFlags.Exist) == BpfUpdateResult.Ok;
    }
}
