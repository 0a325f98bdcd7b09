using System.Runtime.CompilerServices;
using BpfMaps.InMemory;

namespace BpfMaps;

/// <summary>
/// Reserved space for one record in a ring buffer, as returned by <c>bpf_ringbuf_reserve</c>. Write the record in place, then submit or
/// discard it.
/// </summary>
/// <remarks>
/// While a reservation is open, readers stop at it: later records become visible only after it is submitted or discarded, even if they are
/// submitted first. In the kernel, the verifier ensures that programs do not leak reservations; here the caller must, for example with
/// <c>using</c>.
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

    /// <summary>
    /// Gets the bytes of the record in the ring. Their initial content is undefined, as in the kernel: write all of them.
    /// </summary>
    /// <exception cref="InvalidOperationException">The record was already submitted or discarded.</exception>
    public Span<byte> Data
    {
        get
        {
            ThrowIfOver(Volatile.Read(ref _isOver) != 0);
            return _ring.Record(_position, _length);
        }
    }

    /// <summary>Returns a reference to the record as a type, in the ring. The record may be longer than the type.</summary>
    /// <typeparam name="T">The type at the start of the record.</typeparam>
    /// <exception cref="ArgumentException">The record is shorter than the type.</exception>
    /// <exception cref="InvalidOperationException">The record was already submitted or discarded.</exception>
    public ref T As<T>()
        where T : unmanaged
    {
        Span<byte> data = Data;
        if (data.Length < Unsafe.SizeOf<T>())
            throw new ArgumentException($"{data.Length} bytes are reserved, but {typeof(T).Name} has {Unsafe.SizeOf<T>()}.");
        return ref Unsafe.As<byte, T>(ref data[0]);
    }

    /// <summary>Makes the record visible to readers (<c>bpf_ringbuf_submit</c>).</summary>
    /// <param name="flags">Which waiters to wake.</param>
    /// <exception cref="InvalidOperationException">The record was already submitted or discarded.</exception>
    public void Submit(BpfRingFlags flags = BpfRingFlags.None) => ThrowIfOver(!TryEnd(discard: false, flags));

    /// <summary>Discards the record: readers skip it (<c>bpf_ringbuf_discard</c>).</summary>
    /// <param name="flags">Which waiters to wake.</param>
    /// <exception cref="InvalidOperationException">The record was already submitted or discarded.</exception>
    public void Discard(BpfRingFlags flags = BpfRingFlags.None) => ThrowIfOver(!TryEnd(discard: true, flags));

    /// <summary>Discards the record unless it was already submitted or discarded.</summary>
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
            throw new InvalidOperationException("The record was already submitted or discarded, so its space belongs to the ring again.");
    }
}
