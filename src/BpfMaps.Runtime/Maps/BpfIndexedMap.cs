using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>What arrays have in common: a fixed length, and indices for keys.</summary>
public abstract class BpfIndexedMap : BpfMap
{
    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The keys are no indices of 4 bytes.</exception>
    private protected BpfIndexedMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
        CheckSize<uint>(schema.Key, raw.KeySize, "key");
        Length = checked((int)raw.MaxEntries);
    }

    /// <summary>The number of elements, or of slots for them.</summary>
    public int Length { get; }

    /// <summary>The bytes of an index as the kernel wants them, once it is known to lie inside of the array.</summary>
    private protected ReadOnlySpan<byte> KeyOf(in int index)
    {
        if ((uint)index >= (uint)Length)
            ThrowOutOfRange(index);
        return MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in index));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [DoesNotReturn]
    private protected void ThrowOutOfRange(int index)
        => throw new ArgumentOutOfRangeException(nameof(index), index, $"Map {Raw} has {Length} elements, at 0 to {Length - 1}; the index is {index}.");
}

/// <summary>What the arrays have in common whose elements the declaration names: they are all there from the beginning, as zeroes.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
public abstract class BpfIndexedMap<TValue> : BpfIndexedMap
    where TValue : unmanaged
{
    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The sizes of the types are not those of the map.</exception>
    private protected BpfIndexedMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) => ValueFormat = new(CheckSize<TValue>(schema.Value, raw.ValueSize, "value"));

    private protected PaddingFormat ValueFormat { get; }
}
