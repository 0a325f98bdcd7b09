using System.Runtime.CompilerServices;
using BpfMaps.InMemory;

namespace BpfMaps;

/// <summary>Room for one record in a ring buffer, to be written in place: what <c>bpf_ringbuf_reserve</c> gives a program. Submit it, or discard it.</summary>
/// <remarks>
/// While it is open, readers stop at it: records after it are not seen before it is submitted or discarded, in whichever order that is done to
/// them. The verifier makes sure that no program loses one; here it is for you to see to, with <c>using</c> for example.
/// </remarks>
public sealed class InMemoryReservation : IDisposable
{
    private readonly RingBufferMap _ring;
    private readonly ulong _position;
    private readonly uint _length;
    private int _isOver;

    internal InMemoryReservation(RingBufferMap ring, ulong position, uint length)
    {
        _ring = ring;
        _position = position;
        _length = length;
    }

    /// <summary>The bytes of the record, in the ring. What they hold at first is undefined, as in the kernel: write all of them.</summary>
    /// <exception cref="InvalidOperationException">The record is submitted or discarded already.</exception>
    public Span<byte> Data
    {
        get
        {
            ThrowIfOver(Volatile.Read(ref _isOver) != 0);
            return _ring.Record(_position, _length);
        }
    }

    /// <summary>The record as a type, in the ring. It may be longer than the type.</summary>
    /// <typeparam name="T">What the record begins with.</typeparam>
    /// <exception cref="ArgumentException">The record is shorter than the type.</exception>
    /// <exception cref="InvalidOperationException">The record is submitted or discarded already.</exception>
    public ref T As<T>()
        where T : unmanaged
    {
        Span<byte> data = Data;
        if (data.Length < Unsafe.SizeOf<T>())
            throw new ArgumentException($"{data.Length} bytes are reserved; {typeof(T).Name} has {Unsafe.SizeOf<T>()}.");
        return ref Unsafe.As<byte, T>(ref data[0]);
    }

    /// <summary>Shows the record to readers (<c>bpf_ringbuf_submit</c>).</summary>
    /// <param name="flags">Whom to wake.</param>
    /// <exception cref="InvalidOperationException">The record is submitted or discarded already.</exception>
    public void Submit(BpfRingFlags flags = BpfRingFlags.None) => ThrowIfOver(!TryEnd(discard: false, flags));

    /// <summary>Gives the room up: readers skip it (<c>bpf_ringbuf_discard</c>).</summary>
    /// <param name="flags">Whom to wake.</param>
    /// <exception cref="InvalidOperationException">The record is submitted or discarded already.</exception>
    public void Discard(BpfRingFlags flags = BpfRingFlags.None) => ThrowIfOver(!TryEnd(discard: true, flags));

    /// <summary>Discards the record unless it is submitted or discarded already.</summary>
    public void Dispose() => TryEnd(discard: true, BpfRingFlags.None);

    private bool TryEnd(bool discard, BpfRingFlags flags)
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
            return false;
        _ring.Commit(_position, discard, flags);
        return true;
    }

    private static void ThrowIfOver(bool isOver)
    {
        if (isOver)
            throw new InvalidOperationException("The record was submitted or discarded already: its room belongs to the ring again.");
    }
}
