using System.Collections;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Enumerates the values of an array in the order of their indices in batches, without allocating per element.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
public struct BpfValueEnumerator<TValue> : IEnumerator<TValue>
    where TValue : unmanaged
{
    private readonly PerCpuFormat<TValue>? _slots;
    private ElementWalk _walk;

    internal BpfValueEnumerator(RawMap raw, PerCpuFormat<TValue>? slots = null)
    {
        _slots = slots;
        _walk = new(TypedCursor.Over(raw, BpfBatchMode.Lookup));
    }

    /// <summary>Gets the value; for a per-CPU array, the total of all possible CPUs, which is computed at each call.</summary>
    public readonly TValue Current => _slots is null ? MemoryMarshal.Read<TValue>(_walk.Value) : _slots.Total(_walk.Value);

    readonly object IEnumerator.Current => Current;

    /// <summary>Advances to the next element.</summary>
    /// <returns><see langword="false"/> at the end of the array.</returns>
    /// <exception cref="BpfException">
    /// The kernel returned an error (BPF_MAP_LOOKUP_BATCH, Linux 5.6; BPF_MAP_LOOKUP_ELEM before), which ends the enumeration.
    /// </exception>
    public bool MoveNext() => _walk.MoveNext();

    /// <summary>Returns the buffers to the pool.</summary>
    public readonly void Dispose() => _walk.Dispose();

    readonly void IEnumerator.Reset() => throw new NotSupportedException();
}
