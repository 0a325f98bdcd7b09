using System.Buffers;
using System.Runtime.CompilerServices;

namespace BpfMaps;

/// <summary>Enumerates a map in chunks of elements, with one system call per chunk.</summary>
/// <remarks>
/// <para><c>while (cursor.MoveNext())</c> reads one chunk after the other into <see cref="Keys"/> and <see cref="Values"/>, which are valid
/// until the next call. It ends at the end of the map: a call that returns fewer elements than requested, because the next hash bucket does
/// not fit, is not taken for the end, and a bucket that is larger than the buffers (ENOSPC) makes them grow.</para>
/// <para>The buffers come from the shared pool, and <see cref="Dispose"/> returns them. Not thread-safe.</para>
/// </remarks>
public sealed unsafe partial class BpfBatchCursor : IDisposable
{
    private const int FirstChunk = 64;
    private const int LargestChunk = 4096;
    private const int GrowthFactor = 4;
    private const int LargestBuffer = 1 << 20;

    /// <summary>
    /// The size that a chosen number of elements is reduced to: with the values of hundreds of CPUs, an element may have megabytes.
    /// </summary>
    private const int LargestChosenBuffer = 1 << 26;

    /// <summary>The number of consecutive calls that may fail with EINTR or EAGAIN without progress.</summary>
    private const int MostRepetitions = 1000;

    /// <summary>A value that no position starts with: no bucket number, no index, no prefix length.</summary>
    private const uint NoPosition = uint.MaxValue;

    // The kernel cannot return keys without values. Keys alone are read in batches with values up to this size, and one by one otherwise.
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
        // The position is a 4-byte bucket number in hashes and a key elsewhere. There are two: the current one and that of the next call.
        _positionSize = Math.Max(_keySize, sizeof(uint));
        _walks = mode == BpfBatchMode.KeysOnly && _valueSize > LargestValueBesideKeys;
        int elementSize = Math.Max(1, _keySize + _valueSize);
        // No more than the capacity of the map or the maximum length of an array.
        long most = Math.Clamp(map.MaxEntries, 1L, Array.MaxLength / elementSize);
        _chunkLimit = (int)(
            chunkSize != 0
                ? Math.Min(Math.Min(chunkSize, most), Math.Max(1, LargestChosenBuffer / elementSize))
                : Math.Clamp(LargestBuffer / elementSize, 1, LargestChunk)
        );
        _position = ArrayPool<byte>.Shared.Rent(2 * _positionSize);
        _keys = [];
        _values = [];
        Reserve(chunkSize != 0 ? _chunkLimit : (int)Math.Min(FirstChunk, Math.Min(_chunkLimit, most)));
    }

    /// <summary>Gets the number of elements in the chunk.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the number of elements returned so far, including this chunk.</summary>
    internal long TotalCount { get; private set; }

    /// <summary>Gets the keys of the chunk, <see cref="RawMap.KeySize"/> bytes each.</summary>
    public ReadOnlySpan<byte> Keys => _keys.AsSpan(0, Count * _keySize);

    /// <summary>
    /// Gets the values of the chunk, <see cref="RawMap.ValueSize"/> bytes each; <see cref="RawMap.PerCpuValueSize"/> for per-CPU maps.
    /// </summary>
    public ReadOnlySpan<byte> Values => _mode == BpfBatchMode.KeysOnly ? default : _values.AsSpan(0, Count * _valueSize);

    /// <summary>Gets a key of the chunk.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> GetKey(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return _keys.AsSpan(index * _keySize, _keySize);
    }

    /// <summary>Gets a value of the chunk; for per-CPU maps, the values of all CPUs.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> GetValue(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return Values.Slice(index * _valueSize, _valueSize);
    }

    /// <summary>Advances to the next chunk, which has at least one element.</summary>
    /// <returns><see langword="false"/> at the end of the map.</returns>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    /// <exception cref="BpfNotSupportedException">The kernel does not support batches for this map type.</exception>
    /// <exception cref="BpfException">The kernel returned an error, which ends the enumeration.</exception>
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

    /// <summary>Returns the buffers to the pool and ends the enumeration.</summary>
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
                    // Only the buckets of a hash are visited once. Elsewhere, removed keys can make the kernel restart at the beginning.
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
                    // The kernel gave up because keys were removed during the call. The elements so far are valid.
                    AdvancePosition();
                    return (int)count;
                case Errno.EINTR when _mayWalk && _map.Type == BpfMapType.ArrayOfMaps:
                    // Before Linux 6.14, it mistakes empty slots of an array of maps for such keys, and would give up in every call.
                    _walks = true;
                    return WalkChunk();
                case Errno.EINTR or Errno.EAGAIN when ++repetitions < MostRepetitions:
                    continue;
                default:
                    if (_mayWalk && !_hasPosition && (Errno.IsNotSupported(errno) || errno == Errno.EINVAL))
                    {
                        // Kernels before 5.6 return EINVAL for the unknown command.
                        _walks = true;
                        return WalkChunk();
                    }

                    _isDone = true;
                    throw _map.Failure(
                        errno,
                        _mode == BpfBatchMode.LookupAndDelete ? BpfCommand.MapLookupAndDeleteBatch : BpfCommand.MapLookupBatch
                    );
            }
        }
    }

    /// <summary>Reads a chunk.</summary>
    /// <param name="count">
    /// The number of elements. A call that fails before it writes anything leaves it at the capacity, which is not a result.
    /// </param>
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
            int errno =
                _mode == BpfBatchMode.LookupAndDelete
                    ? _map.Host.LookupAndDeleteBatch(_map.Handle, from, to, keys, values, ref count, (ulong)_flags)
                    : _map.Host.LookupBatch(_map.Handle, from, to, keys, values, ref count, (ulong)_flags);
            // A call that returns elements also returns the next position, even at the end of the map.
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
        _values =
            _walks && _mode == BpfBatchMode.KeysOnly && !MayGetMissingKeys
                ? []
                : ArrayPool<byte>.Shared.Rent(checked(Math.Max(1, _valueSize) * capacity));
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
