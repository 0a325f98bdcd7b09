namespace BpfMaps;

/// <summary>
/// The state of a ring buffer (<c>bpf_ringbuf_query</c>). Positions count bytes since the creation of the ring, including headers.
/// </summary>
/// <param name="Size">The size of the data area in bytes (BPF_RB_RING_SIZE).</param>
/// <param name="ConsumerPosition">The number of bytes read (BPF_RB_CONS_POS).</param>
/// <param name="ProducerPosition">The number of bytes reserved (BPF_RB_PROD_POS).</param>
public readonly record struct InMemoryRingState(long Size, ulong ConsumerPosition, ulong ProducerPosition)
{
    /// <summary>Gets the number of bytes that are reserved or written and not yet read (BPF_RB_AVAIL_DATA).</summary>
    public long AvailableBytes => (long)(ProducerPosition - ConsumerPosition);
}
