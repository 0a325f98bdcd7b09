namespace BpfMaps.Tests;

/// <summary>What a program learns of the ring that it writes (<c>bpf_ringbuf_query</c>).</summary>
internal readonly record struct QueriedRing(ulong Available, ulong Size, ulong ConsumerPosition, ulong ProducerPosition);
