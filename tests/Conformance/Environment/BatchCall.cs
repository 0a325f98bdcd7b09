namespace BpfMaps.Tests;

/// <summary>Batch commands of the host without the logic of a cursor. The buffers have guards on both sides.</summary>
internal sealed unsafe class BatchCall
{
    private readonly RawMap _map;
    private readonly GuardedBuffer _from;
    private readonly GuardedBuffer _next;
    private bool _hasPosition;

    public BatchCall(RawMap map)
    {
        _map = map;
        _from = new GuardedBuffer(Math.Max(map.KeySize, sizeof(uint)));
        _next = new GuardedBuffer(Math.Max(map.KeySize, sizeof(uint)));
        Keys = new GuardedBuffer(0);
        Values = new GuardedBuffer(0);
    }

    /// <summary>The keys of the last batch, with its capacity.</summary>
    public GuardedBuffer Keys { get; private set; }

    public GuardedBuffer Values { get; private set; }

    /// <summary>The position of the next batch.</summary>
    public byte[] Position => _from.Span.ToArray();

    /// <summary>Reads the next batch, or repeats the last one after an error. Fails if a byte outside the buffers was written.</summary>
    /// <param name="room">The capacity of the batch in elements.</param>
    /// <param name="remove">Whether the elements are removed after they are read.</param>
    /// <param name="flags">The flags of the elements.</param>
    /// <returns>The error number and the number of elements read.</returns>
    public (int Errno, uint Count) Read(uint room, bool remove = false, ulong flags = 0)
    {
        Keys = new GuardedBuffer((int)room * _map.KeySize);
        Values = new GuardedBuffer((int)room * _map.ElementValueSize);
        uint count = room;
        int errno;
        fixed (byte* from = _from.Span)
        fixed (byte* next = _next.Span)
        fixed (byte* keys = Keys.Span)
        fixed (byte* values = Values.Span)
        {
            byte* position = _hasPosition ? from : null;
            errno = remove
                ? _map.Host.LookupAndDeleteBatch(_map.Handle, position, next, keys, values, ref count, flags)
                : _map.Host.LookupBatch(_map.Handle, position, next, keys, values, ref count, flags);
        }

        _from.AssertUntouchedOutside();
        _next.AssertUntouchedOutside();
        Keys.AssertUntouchedOutside();
        Values.AssertUntouchedOutside();
        if (errno is BpfMaps.Errno.Ok or BpfMaps.Errno.ENOENT)
        {
            _next.Span.CopyTo(_from.Span);
            _hasPosition = true;
        }

        return (errno, count);
    }

    /// <summary>Gets a key of the last batch by index.</summary>
    public byte[] Key(int index) => Keys.Span.Slice(index * _map.KeySize, _map.KeySize).ToArray();

    /// <summary>Gets a value of the last batch by index; for per-CPU types, the values of all CPUs.</summary>
    public byte[] Value(int index) => Values.Span.Slice(index * _map.ElementValueSize, _map.ElementValueSize).ToArray();

    /// <summary>Writes a batch.</summary>
    public static (int Errno, uint Count) Update(RawMap map, byte[] keys, byte[] values, ulong flags)
    {
        uint count = (uint)(keys.Length / map.KeySize);
        fixed (byte* keyPointer = keys)
        fixed (byte* valuePointer = values)
            return (map.Host.UpdateBatch(map.Handle, keyPointer, valuePointer, ref count, flags), count);
    }

    /// <summary>Removes a batch.</summary>
    public static (int Errno, uint Count) Delete(RawMap map, byte[] keys, ulong flags)
    {
        uint count = (uint)(keys.Length / map.KeySize);
        fixed (byte* keyPointer = keys)
            return (map.Host.DeleteBatch(map.Handle, keyPointer, ref count, flags), count);
    }
}
