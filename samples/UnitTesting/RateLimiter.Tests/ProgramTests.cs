using System.Net;
using BpfMaps;

namespace RateLimiting.Tests;

/// <summary>The limiter and the BPF program, which AsProgram simulates: its methods correspond to BPF helpers.</summary>
public sealed class ProgramTests : IDisposable
{
    private const string Buckets = "buckets",
        Verdicts = "verdicts";

    private static readonly IPAddress s_alice = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_bob = IPAddress.Parse("192.0.2.2");
    private static readonly Be32 s_key = 0xc000_0201; // 192.0.2.1

    private readonly InMemoryBpfHost _host = new();
    private readonly RateLimiter _limiter;

    public ProgramTests() => _limiter = new RateLimiter(new RateLimit(PerSecond: 10, Burst: 3), time: new ManualTime(), host: _host);

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public void TryAcquire_ProgramTookTokens_ReturnsFalse()
    {
        _limiter.TryAcquire(s_alice);

        bool isThere = _host.AsProgram().Modify(Buckets, s_key, static (ref TokenBucket bucket) => bucket.Tokens -= 2);

        Assert.True(isThere, "The program did not find the source: its key differs from the application's key.");
        Assert.False(_limiter.TryAcquire(s_alice));
    }

    [Fact]
    public void Report_SumsVerdicts()
    {
        // Programs run on all CPUs and share the ring.
        Assert.True(_host.AsProgram(cpu: 0).Output(Verdicts, new Verdict { Source = s_key }));
        Assert.True(_host.AsProgram(cpu: 1).Output(Verdicts, new Verdict { Source = s_key, IsDropped = 1 }));
        Assert.True(_host.AsProgram(cpu: 2).Output(Verdicts, new Verdict { Source = 0xc000_0202, IsDropped = 1 }));

        Dictionary<IPAddress, (int Passed, int Dropped)> report = _limiter.Report();

        Assert.Equal((1, 1), report[s_alice]);
        Assert.Equal((0, 1), report[s_bob]);
        Assert.Empty(_limiter.Report()); // Each record is read once.
    }

    [Fact]
    public async Task WatchDropsAsync_ReturnsDropsAsTheyHappen()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using IAsyncEnumerator<IPAddress> drops = _limiter.WatchDropsAsync(token).GetAsyncEnumerator(token);
        ValueTask<bool> next = drops.MoveNextAsync();
        Assert.False(next.IsCompleted);

        _host.AsProgram().Output(Verdicts, new Verdict { Source = 0xc000_0202 });
        _host.AsProgram().Output(Verdicts, new Verdict { Source = s_key, IsDropped = 1 });

        Assert.True(await next);
        Assert.Equal(s_alice, drops.Current);
    }
}
