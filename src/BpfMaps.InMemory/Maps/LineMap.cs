namespace BpfMaps.InMemory;

/// <summary>A queue or stack. Elements are added at the end and removed from the beginning (queue) or the end (stack).</summary>
internal sealed class LineMap(MapShape shape, HostTables tables) : InMemoryMap(shape, tables)
{
    private readonly SlabMemory _places = new(BpfMapTypeFacts.Stride(shape.ValueSize));

    // A circular buffer with as many slots as the map has entries.
    private uint _oldest;
    private uint _count;

    public override bool CanBeFull => true;

    private bool IsQueue => Shape.Type == BpfMapType.Queue;

    protected override int LookupElement(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value)
    {
        if (_count == 0)
            return Errno.ENOENT;
        Format.Read(caller, in _places[PlaceOf(IsQueue ? 0 : _count - 1)], value);
        return Errno.Ok;
    }

    protected override int LookupAndDeleteElement(in Caller caller, ReadOnlySpan<byte> key, Span<byte> value)
    {
        int errno = LookupElement(caller, key, value);
        if (errno != Errno.Ok)
            return errno;
        if (IsQueue)
            DropOldest();
        else
            _count--;

        // Restarts at slot 0, so that a large buffer that is mostly empty uses few of its slots.
        if (_count == 0)
            _oldest = 0;
        return Errno.Ok;
    }

    protected override int UpdateElement(in Caller caller, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags)
    {
        if (flags is not (0 or (ulong)BpfUpdateFlags.Exist))
            return Errno.EINVAL;
        if (_count == Shape.MaxEntries || IsHeldFull)
        {
            if (flags == 0 || _count == 0)
                return Errno.E2BIG;
            DropOldest();
        }

        Format.Write(caller, ref _places[PlaceOf(_count++)], value);
        return Errno.Ok;
    }

    protected override int DeleteElement(ReadOnlySpan<byte> key) => Errno.EINVAL;

    protected override int NextKey(ReadOnlySpan<byte> key, Span<byte> nextKey) => Errno.EINVAL;

    private uint PlaceOf(uint position) => (uint)((_oldest + (ulong)position) % Shape.MaxEntries);

    private void DropOldest()
    {
        _oldest = PlaceOf(1);
        _count--;
    }
}
