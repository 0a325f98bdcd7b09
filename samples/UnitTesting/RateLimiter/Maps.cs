using BpfMaps;

namespace RateLimiting;

/// <summary>The remaining tokens of a source. An LRU hash evicts inactive sources, so it cannot be filled by a flood of sources.</summary>
[BpfMap(Type = BpfMapType.LruHash, Key = typeof(Be32), Name = "buckets")]
internal struct TokenBucket
{
    public ulong Tokens;

    /// <summary>Time up to which tokens were added, in nanoseconds.</summary>
    public ulong FilledAt;
}

/// <summary>The result for a packet, a record of the ring buffer that the BPF program writes.</summary>
[BpfMap(Type = BpfMapType.RingBuf, MaxEntries = 64 * 1024, Name = "verdicts")]
internal struct Verdict
{
    /// <summary>The source address.</summary>
    public Be32 Source;

    /// <summary>1 if the packet was dropped.</summary>
    public uint IsDropped;
}
