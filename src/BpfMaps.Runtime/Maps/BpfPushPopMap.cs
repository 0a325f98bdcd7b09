using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>What queues and stacks have in common. They differ in which element comes out first.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[SkipLocalsInit]
public abstract class BpfPushPopMap<T> : BpfMap
    where T : unmanaged
{
    private readonly PaddingFormat _format;

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The size of the type is not that of the map.</exception>
    protected BpfPushPopMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) => _format = new(CheckSize<T>(schema.Value, raw.ValueSize, "value"));

    /// <summary>Adds an element (BPF_MAP_UPDATE_ELEM).</summary>
    /// <param name="value">The element.</param>
    /// <returns><see langword="false"/> if the map is full; nothing was added.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryPush(in T value) => Push(in value, BpfUpdateFlags.Any) == BpfUpdateResult.Ok;

    /// <summary>Adds an element; if the map is full, the oldest one is dropped for it (BPF_MAP_UPDATE_ELEM with BPF_EXIST).</summary>
    /// <param name="value">The element.</param>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void PushDroppingOldest(in T value) => Push(in value, BpfUpdateFlags.Exist);

    /// <summary>Takes the next element out (BPF_MAP_LOOKUP_AND_DELETE_ELEM, Linux 4.20).</summary>
    /// <param name="value">The element; <see langword="default"/> if there is none.</param>
    /// <returns><see langword="false"/> if the map is empty.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryPop(out T value)
    {
        value = default;
        return Raw.TryLookupAndDelete(default, MemoryMarshal.AsBytes(new Span<T>(ref value)));
    }

    /// <summary>Copies the next element and leaves it where it is (BPF_MAP_LOOKUP_ELEM).</summary>
    /// <param name="value">The element; <see langword="default"/> if there is none.</param>
    /// <returns><see langword="false"/> if the map is empty.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryPeek(out T value)
    {
        value = default;
        return Raw.TryLookup(default, MemoryMarshal.AsBytes(new Span<T>(ref value)));
    }

    private BpfUpdateResult Push(in T value, BpfUpdateFlags flags) =>
        _format.HasPadding ? PushClean(in value, flags) : Raw.Update(default, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)), flags);

    private BpfUpdateResult PushClean(in T value, BpfUpdateFlags flags)
    {
        using CleanBytes<T> bytes = new(in value, _format, stackalloc byte[_format.ScratchSize]);
        return Raw.Update(default, bytes.Bytes, flags);
    }
}
