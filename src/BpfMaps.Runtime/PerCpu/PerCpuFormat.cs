using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The buffer format of an element's values on all possible CPUs, and their aggregation.</summary>
internal sealed class PerCpuFormat<TValue>(RawMap raw, PaddingFormat padding, Accumulation<TValue> accumulate)
    where TValue : unmanaged
{
    /// <summary>Gets the number of possible CPUs, each of which has a slot.</summary>
    public int CpuCount { get; } = raw.PerCpuValueSize / BpfPerCpuView<TValue>.Stride;

    /// <summary>Gets the total size of the slots in bytes.</summary>
    public int Size { get; } = raw.PerCpuValueSize;

    /// <summary>Gets the size of the stack buffer for all slots that the caller should provide.</summary>
    public int OnStack { get; } = ScratchBuffer.OnStack(raw.PerCpuValueSize);

    /// <summary>Gets whether an array of values has the kernel's format: no gaps between the slots and no padding in them.</summary>
    public bool IsDense { get; } = BpfPerCpuView<TValue>.Stride == Unsafe.SizeOf<TValue>() && !padding.HasPadding;

    /// <summary>Aggregates the values, starting with that of the first possible CPU.</summary>
    public TValue Total(ReadOnlySpan<byte> slots)
    {
        int stride = BpfPerCpuView<TValue>.Stride;
        TValue total = MemoryMarshal.Read<TValue>(slots);
        for (slots = slots[stride..]; slots.Length >= stride; slots = slots[stride..])
            accumulate(ref total, in MemoryMarshal.AsRef<TValue>(slots));
        return total;
    }

    /// <summary>
    /// Writes one value per CPU into the slots. Bytes that belong to no field are zeroed, because the kernel keeps and returns them.
    /// </summary>
    public void Write(ReadOnlySpan<TValue> values, Span<byte> slots)
    {
        for (int cpu = 0; cpu < values.Length; cpu++)
            WriteSlot(in values[cpu], slots.Slice(cpu * BpfPerCpuView<TValue>.Stride, BpfPerCpuView<TValue>.Stride));
    }

    /// <summary>Writes the same value into all slots.</summary>
    public void WriteAll(in TValue value, Span<byte> slots)
    {
        int stride = BpfPerCpuView<TValue>.Stride;
        WriteSlot(in value, slots[..stride]);
        for (int at = stride; at < slots.Length; at += stride)
            slots[..stride].CopyTo(slots[at..]);
    }

    public void ThrowIfTooShort(int length, string parameter)
    {
        if (length < CpuCount)
            throw new ArgumentException(
                $"Map {raw} has a value for each of the {CpuCount} possible CPUs, but the span has space for {length}.",
                parameter
            );
    }

    public void ThrowIfNotOnePerCpu(int length, string parameter)
    {
        if (length != CpuCount)
            throw new ArgumentException(
                $"Map {raw} requires a value for each of the {CpuCount} possible CPUs, but {length} were given.",
                parameter
            );
    }

    private void WriteSlot(in TValue value, Span<byte> slot)
    {
        padding.CopyClean(MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value)), slot);
        slot[Unsafe.SizeOf<TValue>()..].Clear();
    }
}
