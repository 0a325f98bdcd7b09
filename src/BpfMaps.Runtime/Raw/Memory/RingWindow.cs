using System.Numerics;
using System.Runtime.CompilerServices;

namespace BpfMaps;

/// <summary>
/// The layout of the memory of a ring. Positions count bytes since the ring was created and never wrap; offsets in the data do.
/// </summary>
/// <remarks>
/// Other processes can write positions and headers, so nothing in the memory is trusted. A position is only used as an offset, which is
/// always aligned and inside the data, and as a distance to the other position, which is compared with the size.
/// </remarks>
internal readonly unsafe struct RingWindow(byte* consumer, byte* producer, byte* data, ulong size)
{
    private const int AlignmentBits = 3;
    private const ulong Alignment = 1 << AlignmentBits;

    /// <summary>
    /// The number of attempts to read a consistent pair of positions. Only a second consumer that writes continuously can exhaust them.
    /// </summary>
    private const int MostAttempts = 100;

    // Without the lowest bits, so that headers are aligned at any position. Unaligned atomic loads fault on some processors.
    private readonly ulong _mask = size - Alignment;

    /// <summary>The header bit of a record that is not complete.</summary>
    public const uint Busy = 1u << 31;

    /// <summary>The header bit of a discarded record.</summary>
    public const uint Discarded = 1u << 30;

    /// <summary>
    /// The size of a header in bytes. The first half is the length with the two bits; the second half is internal to the kernel.
    /// </summary>
    public const uint HeaderSize = 8;

    /// <summary>The header bits of the length of the record.</summary>
    public const uint LengthMask = Discarded - 1;

    /// <summary>Bytes of data.</summary>
    public ulong Size => _mask + Alignment;

    public ref ulong ConsumerPosition => ref *(ulong*)consumer;

    public ref ulong ProducerPosition => ref *(ulong*)producer;

    /// <summary>
    /// Returns whether there is a complete record at the consumer position, or the ring is damaged so that reading reports it.
    /// </summary>
    public bool HasRecord
    {
        get
        {
            ulong position = Volatile.Read(ref ConsumerPosition);
            ulong end = Volatile.Read(ref ProducerPosition);
            return position != end && (IsTorn(position, end) || (Volatile.Read(ref Header(position)) & Busy) == 0);
        }
    }

    /// <summary>Returns the distance between the headers of a record and the next one in bytes.</summary>
    public static ulong Stride(uint length) => ((ulong)length + (HeaderSize + 7)) & ~7ul;

    /// <summary>Returns whether a number of bytes can be records: at least a header, at most the ring, and a multiple of 8.</summary>
    // The rotation moves the lowest bits to the top, so one comparison checks all three.
    public bool IsWithin(ulong distance) => BitOperations.RotateRight(distance - HeaderSize, AlignmentBits) < Size >> AlignmentBits;

    /// <summary>Returns whether the distance between the consumer and the producer position is invalid.</summary>
    public bool IsTorn(ulong consumer, ulong producer) => producer - consumer > Size || ((consumer | producer) & (Alignment - 1)) != 0;

    /// <summary>Reads a consistent pair of positions.</summary>
    public (ulong Consumer, ulong Producer) Positions()
    {
        ulong consumer,
            producer;
        int attempt = 0;
        do
        {
            // Read at different times, the two could be further apart than the size of the ring.
            consumer = Volatile.Read(ref ConsumerPosition);
            producer = Volatile.Read(ref ProducerPosition);
        } while (Volatile.Read(ref ConsumerPosition) != consumer && ++attempt < MostAttempts);
        return (consumer, producer);
    }

    /// <summary>Gets the distance between two positions that may be inconsistent.</summary>
    /// <returns>0 to <see cref="Size"/>.</returns>
    public long Distance((ulong Consumer, ulong Producer) positions) => (long)Math.Min(positions.Producer - positions.Consumer, Size);

    /// <summary>For the producer: returns whether there is space for a record.</summary>
    /// <param name="length">The size of the record in bytes; with its header, at most the size of the ring.</param>
    /// <param name="position">The position of the record.</param>
    public bool HasRoom(int length, out ulong position)
    {
        position = ProducerPosition;
        // In a damaged ring, the distance exceeds the size or is not a multiple of 8. The rotation moves the lowest bits to the top, so one
        // comparison checks both.
        ulong used = position - Volatile.Read(ref ConsumerPosition);
        return BitOperations.RotateRight(used, AlignmentBits) <= (Size - Stride((uint)length)) >> AlignmentBits;
    }

    /// <summary>Returns whether two positions have the same offset in the data.</summary>
    public bool IsSamePlace(ulong one, ulong other) => ((one ^ other) & _mask) == 0;

    /// <summary>The first half of the header at a position.</summary>
    public ref uint Header(ulong position) => ref *(uint*)(data + (position & _mask));

    /// <summary>The first half of the header of a record.</summary>
    /// <param name="record">The first byte of the record.</param>
    public static ref uint HeaderOf(ref byte record) => ref Unsafe.As<byte, uint>(ref Unsafe.Subtract(ref record, (int)HeaderSize));

    /// <summary>
    /// The first byte of the record whose header is at a position. The data is mapped twice in a row, so the record is contiguous.
    /// </summary>
    public ref byte Record(ulong position) => ref data[(position & _mask) + HeaderSize];
}
