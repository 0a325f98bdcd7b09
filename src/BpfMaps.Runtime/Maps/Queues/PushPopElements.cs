using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>The operations of queues and stacks, which differ only in the element that they return first.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[SkipLocalsInit]
internal readonly struct PushPopElements<T>(RawMap raw, BpfTypeLayout layout)
    where T : unmanaged
{
    private readonly PaddingFormat _format = new(layout);

    public bool TryPush(in T value) => Push(in value, BpfUpdateFlags.Any) == BpfUpdateResult.Ok;

    public void PushDroppingOldest(in T value) => Push(in value, BpfUpdateFlags.Exist);

    public bool TryPop(out T value) => raw.TryTake(default, out value);

    public bool TryPeek(out T value) => raw.TryRead(default, out value);

    private BpfUpdateResult Push(in T value, BpfUpdateFlags flags) =>
        _format.HasPadding ? PushClean(in value, flags) : raw.Update(default, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)), flags);

    private BpfUpdateResult PushClean(in T value, BpfUpdateFlags flags)
    {
        using CleanBytes<T> bytes = new(in value, _format, stackalloc byte[_format.ScratchSize]);
        return raw.Update(default, bytes.Bytes, flags);
    }
}
