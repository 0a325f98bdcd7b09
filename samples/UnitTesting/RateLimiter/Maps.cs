using BpfMaps;

namespace RateLimiting;

/// <summary>What a source may still send. An LRU hash forgets those that were quiet the longest, so that no flood of sources fills it.</summary>
[BpfMap(Type = BpfMapType.LruHash, Key = typeof(Be32), Name = "buckets")]
internal struct TokenBucket
{
    public ulong Tokens;

    /// <summary>Up to when tokens were added, in nanoseconds.</summary>
    public ulong FilledAt;
}

/// <summary>What the program in the kernel did with a packet: the record of a ring buffer.</summary>
[BpfMap(Type = BpfMapType.RingBuf, MaxEntries = 64 * 1024, Name = "verdicts")]
internal struct Verdict
{
    /// <summary>The source's address.</summary>
    public Be32 Source;

    /// <summary>1 if the packet was dropped.</summary>
    public uint IsDropped;
}
