using System.Net;
using BpfMaps;

namespace RateLimiting.Tests;

/// <summary>The limiter alone, with maps in memory and a manual clock. These tests need neither Linux nor root.</summary>
public sealed class LimitTests : IDisposable
{
    private static readonly IPAddress s_alice = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_bob = IPAddress.Parse("192.0.2.2");

    // One host per test, with its own maps, ids and pins.
    private readonly InMemoryBpfHost _host = new();
    private readonly ManualTime _time = new();
    private readonly RateLimiter _limiter;

    public LimitTests() => _limiter = new RateLimiter(new RateLimit(PerSecond: 10, Burst: 3), maxSources: 4, _time, _host);

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public void NewSource_IsAllowedItsBurst() => Assert.Equal([true, true, true, false, false], Take(s_alice, 5));

    [Fact]
    public void Tokens_AreRefilledOverTime()
    {
        Take(s_alice, 3);

        _time.Advance(TimeSpan.FromMilliseconds(250)); // 2.5 tokens

        Assert.Equal([true, true, false], Take(s_alice, 3));
        _time.Advance(TimeSpan.FromMilliseconds(50)); // 0.5 tokens
        Assert.Equal([true, false], Take(s_alice, 2));
    }

    [Fact]
    public void Sources_HaveSeparateTokens()
    {
        Take(s_alice, 3);

        Assert.True(_limiter.TryAcquire(s_bob));
        Assert.False(_limiter.TryAcquire(s_alice));
    }

    [Fact]
    public void InactiveSource_IsEvictedAndStartsAgain()
    {
        Take(s_alice, 3);
        for (int other = 10; other < 30; other++)
            _limiter.TryAcquire(IPAddress.Parse($"192.0.2.{other}")); // The map holds four sources.

        Assert.True(_limiter.TryAcquire(s_alice));
    }

    [Fact]
    public void FullBuckets_AreRemoved()
    {
        Take(s_alice, 3);
        Take(s_bob, 1);

        _time.Advance(TimeSpan.FromMilliseconds(100)); // 1 token: only bob's bucket is full

        Assert.Equal(1, _limiter.RemoveFullBuckets());
        Assert.Equal([true, false], Take(s_alice, 2));
        Assert.Equal([true, true, true, false], Take(s_bob, 4));
    }

    private IEnumerable<bool> Take(IPAddress source, int times) => [.. Enumerable.Range(0, times).Select(_ => _limiter.TryAcquire(source))];
}
