using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Base class of arrays: a fixed length, and indices as keys.</summary>
public abstract class BpfIndexedMap : BpfMap
{
    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys are not 4-byte indices.</exception>
    private protected BpfIndexedMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
        CheckSize<uint>(schema.Key, raw.KeySize, "key");
        Length = checked((int)raw.MaxEntries);
    }

    /// <summary>Gets the number of elements or slots.</summary>
    public int Length { get; }

    /// <summary>Checks an index and returns its bytes.</summary>
    private protected ReadOnlySpan<byte> KeyOf(in int index)
    {
        if ((uint)index >= (uint)Length)
            ThrowOutOfRange(index);
        return MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in index));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    [DoesNotReturn]
    private protected void ThrowOutOfRange(int index) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, $"Map {Raw} has {Length} elements; the index {index} is out of range.");
}
