using System.Net;
using System.Runtime.CompilerServices;
using BpfMaps;

namespace RateLimiting;

/// <summary>
/// Limits the rate of each source address. A BPF program takes a token from the same buckets for each packet and reports
/// whether the packet passed.
/// </summary>
/// <remarks>The host is a parameter whose default is the kernel. This makes the class testable.</remarks>
public sealed class RateLimiter : IDisposable
{
    private const ulong Second = 1_000_000_000;

    private readonly RateLimit _limit;
    private readonly TimeProvider _time;
    private readonly TokenBucketMap _buckets;
    private readonly VerdictMap _verdicts;
    private readonly BpfQuery<Be32, TokenBucket> _query;

    /// <summary>Creates the maps.</summary>
    /// <param name="limit">The limit for each source.</param>
    /// <param name="maxSources">The maximum number of sources.</param>
    /// <param name="time">The clock.</param>
    /// <param name="host">The host of the maps; the kernel by default.</param>
    public RateLimiter(RateLimit limit, uint maxSources = 65_536, TimeProvider? time = null, BpfHost? host = null)
    {
        _limit = limit;
        _time = time ?? TimeProvider.System;
        _buckets = TokenBucketMap.Create(maxSources, host);
        try
        {
            _verdicts = VerdictMap.Create(host);
            _query = _buckets.InKernel();
        }
        catch
        {
            _verdicts?.Dispose();
            _buckets.Dispose();
            throw;
        }
    }

    /// <summary>Number of failed map operations. A source is allowed if an operation fails.</summary>
    public int Failures { get; private set; }

    /// <summary>Takes a token from the bucket of a source.</summary>
    /// <param name="source">An IPv4 address.</param>
    /// <returns><see langword="false"/> if the bucket is empty.</returns>
    public bool TryAcquire(IPAddress source)
    {
        try
        {
            return Take(source.ToBe32());
        }
        catch (BpfException)
        {
            // A failing limiter must not cause an outage: allow the source and count the failure.
            Failures++;
            return true;
        }
    }

    /// <summary>Removes the buckets that are full by now: a source without a bucket gets a full one.</summary>
    /// <returns>The number of removed buckets.</returns>
    /// <remarks>The kernel checks each bucket directly before it removes it, so none is removed that the program has just used.</remarks>
    public long RemoveFullBuckets()
    {
        ulong now = Now(),
            perSecond = _limit.PerSecond,
            burst = _limit.Burst;
        return _query
            .Where(bucket =>
                bucket.Value.FilledAt <= now && bucket.Value.Tokens + ((now - bucket.Value.FilledAt) * perSecond / Second) >= burst
            )
            .Remove();
    }

    /// <summary>Reads and sums the reports of the program since the last call.</summary>
    /// <returns>The number of passed and dropped packets by source.</returns>
    public Dictionary<IPAddress, (int Passed, int Dropped)> Report()
    {
        Dictionary<IPAddress, (int Passed, int Dropped)> report = [];
        _verdicts.Read(
            (in Verdict verdict) =>
            {
                IPAddress source = verdict.Source.ToIPAddress();
                (int passed, int dropped) = report.GetValueOrDefault(source);
                report[source] = verdict.IsDropped == 0 ? (passed + 1, dropped) : (passed, dropped + 1);
            }
        );
        return report;
    }

    /// <summary>Returns the source of each dropped packet as it is reported.</summary>
    public async IAsyncEnumerable<IPAddress> WatchDropsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (Verdict verdict in _verdicts.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (verdict.IsDropped != 0)
                yield return verdict.Source.ToIPAddress();
        }
    }

    public void Dispose()
    {
        _query.Dispose();
        _verdicts.Dispose();
        _buckets.Dispose();
    }

    private bool Take(Be32 source)
    {
        ulong now = Now();
        while (true)
        {
            if (!_buckets.TryGetValue(source, out TokenBucket bucket))
            {
                if (_buckets.TryAdd(source, new TokenBucket { Tokens = _limit.Burst - 1, FilledAt = now }))
                    return true;
                continue; // The program added the source first; use its bucket.
            }

            Fill(ref bucket, now);
            bool isAllowed = bucket.Tokens != 0;
            bucket.Tokens -= isAllowed ? 1u : 0;
            if (_buckets.TryUpdate(source, bucket))
                return isAllowed;
            // The source was evicted in the meantime; start again.
        }
    }

    // On Linux, the clock of bpf_ktime_get_ns.
    private ulong Now() => (ulong)_time.GetElapsedTime(0).TotalNanoseconds;

    private void Fill(ref TokenBucket bucket, ulong now)
    {
        ulong back = (now - bucket.FilledAt) * _limit.PerSecond / Second;
        bucket.Tokens = Math.Min(bucket.Tokens + back, _limit.Burst);
        bucket.FilledAt += back * Second / _limit.PerSecond; // Not now: keep the fraction of the next token.
    }
}
