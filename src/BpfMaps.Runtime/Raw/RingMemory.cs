using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Owns the mappings of a ring: a page with the consumer's position, a page with the producer's, and the data twice in a row.</summary>
/// <remarks>The handle is the address of the data. Whoever reads while others may dispose holds a reference meanwhile.</remarks>
internal sealed unsafe class RingMemory : SafeHandle
{
    private readonly SafeHandle _consumer;
    private readonly SafeHandle _producer;

    private RingMemory(SafeHandle consumer, SafeHandle producer, ulong size)
        : base(0, ownsHandle: true)
    {
        _consumer = consumer;
        _producer = producer;
        byte* positions = (byte*)producer.DangerousGetHandle();
        Window = new RingWindow((byte*)consumer.DangerousGetHandle(), positions, positions + Environment.SystemPageSize, size);
        SetHandle((nint)positions + Environment.SystemPageSize);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The memory itself. Valid as long as this object is not released.</summary>
    public RingWindow Window { get; }

    /// <summary>Maps a ring. The side that user space plays is mapped writable; the kernel refuses the other (EPERM).</summary>
    /// <param name="raw">A ring buffer, of which user space is the consumer, or a user ring buffer, of which it is the producer.</param>
    /// <exception cref="BpfPermissionException">The descriptor is read-only.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public static RingMemory Map(RawMap raw)
    {
        bool isProducer = raw.Type == BpfMapType.UserRingBuf;
        nuint page = (nuint)Environment.SystemPageSize;
        SafeHandle consumer = Map(raw, page, 0, writable: !isProducer);
        try
        {
            return new RingMemory(consumer, Map(raw, page + (2 * (nuint)raw.MaxEntries), (nint)page, writable: isProducer), raw.MaxEntries);
        }
        catch
        {
            consumer.Dispose();
            throw;
        }
    }

    /// <summary>Keeps the memory mapped until <see cref="SafeHandle.DangerousRelease"/>.</summary>
    /// <returns><see langword="false"/> if it is gone already.</returns>
    public bool TryHold()
    {
        bool held = false;
        try
        {
            DangerousAddRef(ref held);
            return held;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    protected override bool ReleaseHandle()
    {
        _producer.Dispose();
        _consumer.Dispose();
        return true;
    }

    private static SafeHandle Map(RawMap raw, nuint length, nint offset, bool writable)
    {
        int errno = raw.Host.MapMemory(raw.Handle, length, offset, writable, out SafeHandle? memory);
        return errno == Errno.Ok ? memory! : throw raw.Failure(errno, "mmap");
    }
}

/// <summary>Where things are in the memory of a ring. Positions count bytes since the ring was made and never wrap; places do.</summary>
/// <remarks>
/// Whoever shares the memory can write positions and headers, so nothing in it is trusted: a position is only used as a place, which is always in
/// the data and aligned, and as a distance to the other position, which is compared with the size.
/// </remarks>
internal readonly unsafe struct RingWindow(byte* consumer, byte* producer, byte* data, ulong size)
{
    private const int AlignmentBits = 3;
    private const ulong Alignment = 1 << AlignmentBits;

    /// <summary>Attempts to read both positions at one moment. Only a second consumer that writes all the time makes them run out.</summary>
    private const int MostAttempts = 100;

    // The lowest bits are not in it: a header is aligned whatever the position is. Unaligned atomic loads fault on some processors.
    private readonly ulong _mask = size - Alignment;

    /// <summary>The header's bit of a record that is not written yet.</summary>
    public const uint Busy = 1u << 31;

    /// <summary>The header's bit of a record that was given up.</summary>
    public const uint Discarded = 1u << 30;

    /// <summary>Bytes of a header: the length with the two bits in the first half, the second half is not for user space.</summary>
    public const uint HeaderSize = 8;

    /// <summary>The header's bits that are the record's length.</summary>
    public const uint LengthMask = Discarded - 1;

    /// <summary>Bytes of data.</summary>
    public ulong Size => _mask + Alignment;

    public ref ulong ConsumerPosition => ref *(ulong*)consumer;

    public ref ulong ProducerPosition => ref *(ulong*)producer;

    /// <summary>Whether a record stands at the consumer's position and is not open any more, or the ring is torn and reading it reports that.</summary>
    public bool HasRecord
    {
        get
        {
            ulong position = Volatile.Read(ref ConsumerPosition);
            ulong end = Volatile.Read(ref ProducerPosition);
            return position != end && (IsTorn(position, end) || (Volatile.Read(ref Header(position)) & Busy) == 0);
        }
    }

    /// <summary>Bytes from the beginning of a record's header to that of the next.</summary>
    public static ulong Stride(uint length) => ((ulong)length + (HeaderSize + 7)) & ~7ul;

    /// <summary>Whether so many bytes can be records: at least a header, at most the ring, and a multiple of 8.</summary>
    // Rotated, the lowest bits become the highest: one comparison sees all three.
    public bool IsWithin(ulong distance) => BitOperations.RotateRight(distance - HeaderSize, AlignmentBits) < Size >> AlignmentBits;

    /// <summary>Whether there cannot be records between two positions, the consumer's and the producer's.</summary>
    public bool IsTorn(ulong consumer, ulong producer) => producer - consumer > Size || ((consumer | producer) & (Alignment - 1)) != 0;

    /// <summary>Reads the two positions, as they were at one moment.</summary>
    public (ulong Consumer, ulong Producer) Positions()
    {
        ulong consumer, producer;
        int attempt = 0;
        do
        {
            // Taken at different times the two could be further apart than the ring is long.
            consumer = Volatile.Read(ref ConsumerPosition);
            producer = Volatile.Read(ref ProducerPosition);
        }
        while (Volatile.Read(ref ConsumerPosition) != consumer && ++attempt < MostAttempts);
        return (consumer, producer);
    }

    /// <summary>Gets the bytes between two positions that were read without a guarantee that they fit each other.</summary>
    /// <returns>0 to <see cref="Size"/>.</returns>
    public long Distance((ulong Consumer, ulong Producer) positions) => (long)Math.Min(positions.Producer - positions.Consumer, Size);

    /// <summary>For the producer: whether a record fits behind those that are there.</summary>
    /// <param name="length">Bytes of the record, with its header not more than the ring has.</param>
    /// <param name="position">Where it begins, if it does.</param>
    public bool HasRoom(int length, out ulong position)
    {
        position = ProducerPosition;
        // Of a torn ring the distance is above the size or no multiple of 8. Rotated, the lowest bits become the highest: one comparison sees both.
        ulong used = position - Volatile.Read(ref ConsumerPosition);
        return BitOperations.RotateRight(used, AlignmentBits) <= (Size - Stride((uint)length)) >> AlignmentBits;
    }

    /// <summary>Whether what stands at two positions stands at one place in memory.</summary>
    public bool IsSamePlace(ulong one, ulong other) => ((one ^ other) & _mask) == 0;

    /// <summary>The first half of the header at a position.</summary>
    public ref uint Header(ulong position) => ref *(uint*)(data + (position & _mask));

    /// <summary>The first half of the header of a record.</summary>
    /// <param name="record">The record's first byte.</param>
    public static ref uint HeaderOf(ref byte record) => ref Unsafe.As<byte, uint>(ref Unsafe.Subtract(ref record, (int)HeaderSize));

    /// <summary>The first byte of the record whose header is at a position. Because the data is mapped twice in a row, all others follow.</summary>
    public ref byte Record(ulong position) => ref data[(position & _mask) + HeaderSize];
}
