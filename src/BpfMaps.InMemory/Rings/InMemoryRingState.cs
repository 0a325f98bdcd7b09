namespace BpfMaps;

/// <summary>What a program can ask about a ring (<c>bpf_ringbuf_query</c>). Positions count bytes since the ring was made, headers included.</summary>
/// <param name="Size">Bytes of data that the ring has room for (BPF_RB_RING_SIZE).</param>
/// <param name="ConsumerPosition">How many bytes were read (BPF_RB_CONS_POS).</param>
/// <param name="ProducerPosition">How many bytes were reserved (BPF_RB_PROD_POS).</param>
public readonly record struct InMemoryRingState(long Size, ulong ConsumerPosition, ulong ProducerPosition)
{
    /// <summary>Bytes that are reserved or written and not read yet (BPF_RB_AVAIL_DATA).</summary>
    public long AvailableBytes => (long)(ProducerPosition - ConsumerPosition);
}
