using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// A set with probabilistic membership tests (BPF_MAP_TYPE_BLOOM_FILTER, Linux 5.16). Values can be added, but not removed or enumerated.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <remarks>
/// Every operation is one system call and allocates nothing. MaxEntries is what the filter is laid out for; more values only make it err
/// more often.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfBloomFilter<T> : BpfMap
    where T : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.BloomFilter];

    private readonly PaddingFormat _format;

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The size of the type differs from that of the map.</exception>
    protected BpfBloomFilter(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) => _format = new(CheckSize<T>(schema.Value, raw.ValueSize, "value"));

    /// <summary>Adds a value (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void Add(in T value)
    {
        using CleanBytes<T> bytes = new(in value, _format, stackalloc byte[_format.ScratchSize]);
        Raw.Update(default, bytes.Bytes);
    }

    /// <summary>Returns whether a value may have been added (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if the value was never added.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool MayContain(in T value)
    {
        // The kernel reads the value from the buffer that other lookups write to, so it gets a copy.
        using ScratchBuffer copy = new(stackalloc byte[ScratchBuffer.OnStack(Unsafe.SizeOf<T>())], Unsafe.SizeOf<T>());
        _format.CopyClean(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)), copy.Bytes);
        return Raw.TryLookup(default, copy.Bytes);
    }
}
