using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Adds one CPU's value to the total of those before it.</summary>
internal delegate void Accumulation<TValue>(ref TValue total, in TValue value);

/// <summary>How the values that the CPUs hold of one element stand in a buffer, and how they become one.</summary>
internal sealed class PerCpuFormat<TValue>(RawMap raw, PaddingFormat padding, Accumulation<TValue> accumulate)
    where TValue : unmanaged
{
    /// <summary>The possible CPUs, each of which has a slot.</summary>
    public int CpuCount { get; } = raw.PerCpuValueSize / BpfPerCpuView<TValue>.Stride;

    /// <summary>The bytes of all slots.</summary>
    public int Size { get; } = raw.PerCpuValueSize;

    /// <summary>How many bytes for all slots the caller should offer on its stack.</summary>
    public int OnStack { get; } = ScratchBuffer.OnStack(raw.PerCpuValueSize);

    /// <summary>Whether an array of values is what the kernel wants: no gap between the slots, no padding inside them.</summary>
    public bool IsDense { get; } = BpfPerCpuView<TValue>.Stride == Unsafe.SizeOf<TValue>() && !padding.HasPadding;

    /// <summary>The first possible CPU's value with every other one's added to it.</summary>
    public TValue Total(ReadOnlySpan<byte> slots)
    {
        int stride = BpfPerCpuView<TValue>.Stride;
        TValue total = MemoryMarshal.Read<TValue>(slots);
        for (slots = slots[stride..]; slots.Length >= stride; slots = slots[stride..])
            accumulate(ref total, in MemoryMarshal.AsRef<TValue>(slots));
        return total;
    }

    /// <summary>Writes a value per CPU into the slots. All bytes that belong to no field become zero: the kernel keeps and returns them.</summary>
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
            throw new ArgumentException($"Map {raw} has a value for each of the {CpuCount} possible CPUs; the span has room for {length}.", parameter);
    }

    public void ThrowIfNotOnePerCpu(int length, string parameter)
    {
        if (length != CpuCount)
            throw new ArgumentException($"Map {raw} takes a value for each of the {CpuCount} possible CPUs, not {length} values.", parameter);
    }

    private void WriteSlot(in TValue value, Span<byte> slot)
    {
        padding.CopyClean(MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value)), slot);
        slot[Unsafe.SizeOf<TValue>()..].Clear();
    }
}
