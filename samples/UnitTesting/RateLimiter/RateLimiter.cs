using System.Net;
using System.Runtime.CompilerServices;
using BpfMaps;

namespace RateLimiting;

/// <summary>
/// Limits what each source address may do. A program in the kernel takes tokens for packets out of the same buckets, and reports what it did with
/// each packet.
/// </summary>
/// <remarks>The host is a parameter with the kernel as its default: that is all that an application has to do to be testable.</remarks>
public sealed class RateLimiter : IDisposable
{
    private readonly RateLimit _limit;
    private readonly TimeProvider _time;
    private readonly TokenBucketMap _buckets;
    private readonly VerdictMap _verdicts;

    /// <summary>Creates the maps.</summary>
    /// <param name="limit">The limit of each source.</param>
    /// <param name="maxSources">How many sources are remembered.</param>
    /// <param name="time">The clock.</param>
    /// <param name="host">Who keeps the maps; default the kernel.</param>
    public RateLimiter(RateLimit limit, uint maxSources = 65_536, TimeProvider? time = null, BpfHost? host = null)
    {
        _limit = limit;
        _time = time ?? TimeProvider.System;
        _buckets = TokenBucketMap.Create(maxSources, host);
        try
        {
            _verdicts = VerdictMap.Create(host);
        }
        catch
        {
            _buckets.Dispose();
            throw;
        }
    }

    /// <summary>How often the buckets could not be asked, so that a source was let through.</summary>
    public int Failures { get; private set; }

    /// <summary>Takes a token of a source.</summary>
    /// <param name="source">An IPv4 address.</param>
    /// <returns><see langword="false"/> if it has none left.</returns>
    public bool TryAcquire(IPAddress source)
    {
        try
        {
            return Take(source.ToBe32());
        }
        catch (BpfException)
        {
            // A limiter that fails must not become an outage: let the source through, and count it.
            Failures++;
            return true;
        }
    }

    /// <summary>Adds up what the program reported since the last time.</summary>
    /// <returns>How many packets passed and how many were dropped, by source.</returns>
    public Dictionary<IPAddress, (int Passed, int Dropped)> Report()
    {
        Dictionary<IPAddress, (int Passed, int Dropped)> report = [];
        _verdicts.Consume((in Verdict verdict) =>
        {
            IPAddress source = verdict.Source.ToIPAddress();
            (int passed, int dropped) = report.GetValueOrDefault(source);
            report[source] = verdict.IsDropped == 0 ? (passed + 1, dropped) : (passed, dropped + 1);
        });
        return report;
    }

    /// <summary>Tells of each packet that is dropped, when it is.</summary>
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
        _verdicts.Dispose();
        _buckets.Dispose();
    }

    private bool Take(Be32 source)
    {
        ulong now = (ulong)_time.GetElapsedTime(0).TotalNanoseconds; // On Linux what bpf_ktime_get_ns tells the program.
        while (true)
        {
            if (!_buckets.TryGetValue(source, out TokenBucket bucket))
            {
                if (_buckets.TryAdd(source, new TokenBucket { Tokens = _limit.Burst - 1, FilledAt = now }))
                    return true;
                continue; // The program was first: look at what it added.
            }

            Fill(ref bucket, now);
            bool isAllowed = bucket.Tokens != 0;
            bucket.Tokens -= isAllowed ? 1u : 0;
            if (_buckets.TryUpdate(source, bucket))
                return isAllowed;
            // The map has forgotten the source in between: it begins anew.
        }
    }

    private void Fill(ref TokenBucket bucket, ulong now)
    {
        const ulong Second = 1_000_000_000;
        ulong back = (now - bucket.FilledAt) * _limit.PerSecond / Second;
        bucket.Tokens = Math.Min(bucket.Tokens + back, _limit.Burst);
        bucket.FilledAt += back * Second / _limit.PerSecond; // Not to now: what is not a whole token yet must not be lost.
    }
}
