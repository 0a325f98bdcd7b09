namespace BpfMaps.Tests;

/// <summary>The state of a ring as queried by a program (<c>bpf_ringbuf_query</c>).</summary>
internal readonly record struct QueriedRing(ulong Available, ulong Size, ulong ConsumerPosition, ulong ProducerPosition);
