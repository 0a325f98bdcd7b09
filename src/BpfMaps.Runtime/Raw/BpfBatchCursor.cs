using System.Buffers;
using System.Runtime.CompilerServices;

namespace BpfMaps;

/// <summary>What a cursor does with the elements it passes.</summary>
internal enum BpfBatchMode
{
    Lookup,
    LookupAndDelete,
    KeysOnly,
}

/// <summary>Walks over a map in chunks of elements, with one system call a chunk.</summary>
/// <remarks>
/// <para><c>while (cursor.MoveNext())</c> gives chunk after chunk in <see cref="Keys"/> and <see cref="Values"/>, which are valid until the next
/// step. It ends at the map's real end only: the kernel answers OK with fewer elements than there is room for when the next hash bucket
/// does not fit, and ENOSPC when one bucket is larger than the whole buffer; the first is not taken for the end, the second makes the buffers grow.</para>
/// <para>The buffers come from the shared pool and go back with <see cref="Dispose"/>. Not for use by several threads at once.</para>
/// </remarks>
public sealed unsafe partial class BpfBatchCursor : IDisposable
{
    private const int FirstChunk = 64;
    private const int LargestChunk = 4096;
    private const int GrowthFactor = 4;
    private const int LargestBuffer = 1 << 20;

    /// <summary>How often in a row a call may say "interrupted" or "again" and have done nothing.</summary>
    private const int MostRepetitions = 1000;

    /// <summary>No position begins so: not a bucket's number, not an index, not the length of a prefix.</summary>
    private const uint NoPosition = uint.MaxValue;

    // Keys alone are asked for with their values, which the kernel has no way to leave out, up to this size; else one by one.
    private const int LargestValueBesideKeys = 4096;

    private readonly RawMap _map;
    private readonly BpfLookupFlags _flags;
    private readonly BpfBatchMode _mode;
    private readonly int _keySize;
    private readonly int _valueSize;
    private readonly int _chunkLimit;
    private readonly byte[] _position;
    private readonly int _positionSize;
    private readonly bool _mayWalk;
    private byte[] _keys;
    private byte[] _values;
    private int _capacity;
    private bool _hasPosition;
    private bool _walks;
    private bool _isDone;

    internal BpfBatchCursor(RawMap map, BpfBatchMode mode, int chunkSize, BpfLookupFlags flags, bool mayWalk)
    {
        _map = map;
        _mode = mode;
        _flags = flags;
        _mayWalk = mayWalk;
        _keySize = map.KeySize;
        _valueSize = map.ElementValueSize;
        // In a hash the position is a bucket's number in 4 bytes, elsewhere it is a key. Two of them: where to go on, and where the next call does.
        _positionSize = Math.Max(_keySize, sizeof(uint));
        _walks = mode == BpfBatchMode.KeysOnly && _valueSize > LargestValueBesideKeys;
        int elementSize = Math.Max(1, _keySize + _valueSize);
        // More than the map has room for, or than an array holds, is asked for in vain.
        long most = Math.Clamp(map.MaxEntries, 1L, Array.MaxLength / elementSize);
        _chunkLimit = (int)(chunkSize != 0 ? Math.Min(chunkSize, most) : Math.Clamp(LargestBuffer / elementSize, 1, LargestChunk));
        _position = ArrayPool<byte>.Shared.Rent(2 * _positionSize);
        _keys = [];
        _values = [];
        Reserve(chunkSize != 0 ? _chunkLimit : (int)Math.Min(FirstChunk, Math.Min(_chunkLimit, most)));
    }

    /// <summary>How many elements the chunk has.</summary>
    public int Count { get; private set; }

    /// <summary>How many elements have been delivered so far, this chunk included.</summary>
    public long TotalCount { get; private set; }

    /// <summary>The keys of the chunk, <see cref="RawMap.KeySize"/> bytes each.</summary>
    public ReadOnlySpan<byte> Keys => _keys.AsSpan(0, Count * _keySize);

    /// <summary>The values of the chunk, <see cref="RawMap.ValueSize"/> bytes each; <see cref="RawMap.PerCpuValueSize"/> for per-CPU kinds.</summary>
    public ReadOnlySpan<byte> Values => _mode == BpfBatchMode.KeysOnly ? default : _values.AsSpan(0, Count * _valueSize);

    /// <summary>One key of the chunk.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> GetKey(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _keys.AsSpan(index * _keySize, _keySize);
    }

    /// <summary>One value of the chunk; all CPUs' for per-CPU kinds.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> GetValue(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return Values.Slice(index * _valueSize, _valueSize);
    }

    /// <summary>Goes on to the next chunk, which has at least one element.</summary>
    /// <returns><see langword="false"/> at the end of the map.</returns>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    /// <exception cref="BpfNotSupportedException">The kernel has no batches for this kind of map.</exception>
    /// <exception cref="BpfException">The kernel refused. The walk is over then.</exception>
    public bool MoveNext()
    {
        bool isFirst = TotalCount == 0;
        Count = 0;
        if (_isDone)
            return false;

        if (!isFirst && _capacity < _chunkLimit)
            Reserve((int)Math.Min((long)_capacity * GrowthFactor, _chunkLimit));
        Count = _walks ? WalkChunk() : ReadChunk();
        TotalCount += Count;
        return Count != 0;
    }

    /// <summary>Gives the buffers back to the pool. The cursor is at its end then.</summary>
    public void Dispose()
    {
        if (_capacity == 0)
            return;

        Count = 0;
        _isDone = true;
        _capacity = 0;
        ArrayPool<byte>.Shared.Return(_position);
        ReturnBuffers();
    }

    private int ReadChunk()
    {
        int repetitions = 0;
        while (true)
        {
            int errno = CallBatch(out uint count);
            switch (errno)
            {
                case Errno.Ok:
                    AdvancePosition();
                    // Only the buckets of a hash are passed once each: elsewhere, keys that vanish can send the kernel back to the beginning.
                    _isDone = !_map.Type.WalksByBucket() && TotalCount + count > 2L * _map.MaxEntries;
                    if (count == 0 && !_isDone)
                        continue;
                    return (int)count;
                case Errno.ENOENT:
                    _isDone = true;
                    return (int)count;
                case Errno.ENOSPC when _capacity <= _map.MaxEntries:
                    Reserve(checked(_capacity * 2));
                    continue;
                case Errno.EINTR when count != 0:
                    // The kernel gave up on keys that vanish under its hands. What it has so far is good.
                    AdvancePosition();
                    return (int)count;
                case Errno.EINTR when _mayWalk && _map.Type == BpfMapType.ArrayOfMaps:
                    // Before Linux 6.14 it takes empty slots of an array of maps for such keys, and would give up for ever.
                    _walks = true;
                    return WalkChunk();
                case Errno.EINTR or Errno.EAGAIN when ++repetitions < MostRepetitions:
                    continue;
                default:
                    if (_mayWalk && !_hasPosition && (Errno.IsNotSupported(errno) || errno == Errno.EINVAL))
                    {
                        // EINVAL is how a kernel before 5.6 answers to a command that it does not know.
                        _walks = true;
                        return WalkChunk();
                    }

                    _isDone = true;
                    throw _map.Failure(errno, _mode == BpfBatchMode.LookupAndDelete ? RawMap.LookupAndDeleteBatchCommand : RawMap.LookupBatchCommand);
            }
        }
    }

    /// <summary>Reads a chunk.</summary>
    /// <param name="count">How many elements came. A call that failed before it wrote anything leaves the room that was offered, which is not an answer.</param>
    private int CallBatch(out uint count)
    {
        count = (uint)_capacity;
        fixed (byte* position = _position)
        fixed (byte* keys = _keys)
        fixed (byte* values = _values)
        {
            byte* from = _hasPosition ? position : null;
            byte* to = position + _positionSize;
            Unsafe.WriteUnaligned(to, NoPosition);
            int errno = _mode == BpfBatchMode.LookupAndDelete
                ? _map.Host.LookupAndDeleteBatch(_map.Handle, from, to, keys, values, ref count, (ulong)_flags)
                : _map.Host.LookupBatch(_map.Handle, from, to, keys, values, ref count, (ulong)_flags);
            // Whoever delivers elements says where the next call goes on, at the end of the map too.
            if (count > (uint)_capacity || Unsafe.ReadUnaligned<uint>(to) == NoPosition)
                count = 0;
            return errno;
        }
    }

    private void AdvancePosition()
    {
        _position.AsSpan(_positionSize, _positionSize).CopyTo(_position);
        _hasPosition = true;
    }

    private void Reserve(int capacity)
    {
        ReturnBuffers();
        _capacity = capacity;
        _keys = ArrayPool<byte>.Shared.Rent(checked(Math.Max(1, _keySize) * capacity));
        _values = _walks && _mode == BpfBatchMode.KeysOnly ? [] : ArrayPool<byte>.Shared.Rent(checked(Math.Max(1, _valueSize) * capacity));
    }

    private void ReturnBuffers()
    {
        Return(ref _keys);
        Return(ref _values);

        static void Return(ref byte[] buffer)
        {
            if (buffer.Length != 0)
                ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
    }
}
