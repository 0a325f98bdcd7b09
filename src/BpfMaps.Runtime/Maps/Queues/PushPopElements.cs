using System.Runtime.CompilerServices;
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

    private BpfUpdateResult Push(in T value, BpfUpdateFlags flags) => raw.Write(default, in value, _format, flags);
}
