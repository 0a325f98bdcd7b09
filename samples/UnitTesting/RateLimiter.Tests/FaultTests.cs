using System.Net;
using BpfMaps;

namespace RateLimiting.Tests;

/// <summary>Faults that are rare on a real kernel and must be handled.</summary>
public sealed class FaultTests : IDisposable
{
    private const int ENOMEM = 12;

    private static readonly IPAddress s_alice = IPAddress.Parse("192.0.2.1");
    private static readonly Be32 s_key = 0xc000_0201;

    private readonly InMemoryBpfHost _host = new();
    private readonly RateLimiter _limiter;

    public FaultTests() => _limiter = new RateLimiter(new RateLimit(PerSecond: 10, Burst: 3), time: new ManualTime(), host: _host);

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public void TryAcquire_LookupFails_AllowsSource()
    {
        for (int i = 0; i < 3; i++)
            _limiter.TryAcquire(s_alice);

        _host.FailNext(BpfMapCommand.Lookup, ENOMEM, map: "buckets");

        Assert.True(_limiter.TryAcquire(s_alice));
        Assert.Equal(1, _limiter.Failures);
        Assert.False(_limiter.TryAcquire(s_alice)); // The fault occurs only once.
    }

    [Fact]
    public void TryAcquire_SourceEvictedBeforeUpdate_StartsAgain()
    {
        for (int i = 0; i < 3; i++)
            _limiter.TryAcquire(s_alice);

        // Runs between the lookup and the update of TryAcquire.
        _host.BeforeNext(BpfMapCommand.Update, program => program.Delete("buckets", s_key));

        Assert.True(_limiter.TryAcquire(s_alice));
    }

    [Fact]
    public void TryAcquire_ProgramAddsSourceFirst_UsesItsTokens()
    {
        _host.BeforeNext(
            BpfMapCommand.Update,
            program => program.Update("buckets", s_key, new TokenBucket { Tokens = 0, FilledAt = 1_000_000_000 })
        );

        Assert.False(_limiter.TryAcquire(s_alice));
    }

    [Fact]
    public void Report_FullRing_OmitsRejectedVerdicts()
    {
        InMemoryProgram program = _host.AsProgram();
        Assert.True(program.Output("verdicts", new Verdict { Source = s_key }));

        _host.SetFull("verdicts");

        Assert.False(program.Output("verdicts", new Verdict { Source = s_key }));
        Assert.Equal((1, 0), _limiter.Report()[s_alice]);
    }

    [Fact]
    public void Constructor_SecondMapFails_DisposesFirstMap()
    {
        InMemoryBpfHost host = new();
        host.FailNext(BpfMapCommand.MapMemory, ENOMEM); // Mapping the ring fails; the buckets already exist.

        Assert.ThrowsAny<BpfException>(() => new RateLimiter(new RateLimit(10, 3), host: host));

        Assert.Empty(RawMap.EnumerateLoaded(host));
    }
}
