namespace BpfMaps.Tests;

/// <summary>Tests of maps that are set to full.</summary>
public sealed class FullMapTests
{
    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void Hash_RejectsNewKeysAndReplacesExistingOnes()
    {
        using Counters counters = Counters.Create(host: _host);
        counters[1] = 1;
        _host.SetFull("counters");
        Assert.Throws<BpfMapFullException>(() => counters[2] = 2);
        Assert.Equal(BpfUpdateResult.Full, _host.AsProgram().Update("counters", 2u, 2ul));
        counters[1] = 10;
        Assert.Equal([new(1, 10)], counters.ToArray());
        _host.SetFull("counters", isFull: false);
        counters[2] = 2;
        Assert.Equal(2, counters.Count());
    }

    [Fact]
    public void TrieAndQueue_RejectNewElements()
    {
        using Routes routes = Routes.Create(host: _host);
        using Jobs jobs = Jobs.Create(host: _host);
        routes.Set(new(8, 0x0a00_0000u), 1);
        _host.SetFull("routes");
        _host.SetFull("jobs");
        Assert.Throws<BpfMapFullException>(() => routes.Set(new(16, 0x0a00_0000u), 2));
        routes.Set(new(8, 0x0a00_0000u), 3);
        Assert.False(jobs.TryEnqueue(1));
        Assert.Equal(3u, routes.Single().Value);
        Assert.False(jobs.TryPeek(out _));
    }

    [Fact]
    public void QueueThatDropsTheOldest_IsFullOnlyIfEmpty()
    {
        using Jobs jobs = Jobs.Create(host: _host);
        _host.SetFull("jobs");
        Assert.Equal(BpfUpdateResult.Full, jobs.Raw.Update([], new byte[4], BpfUpdateFlags.Exist));
        _host.SetFull("jobs", isFull: false);
        jobs.TryEnqueue(1);
        _host.SetFull("jobs");
        jobs.EnqueueDroppingOldest(2);
        Assert.True(jobs.TryDequeue(out uint job));
        Assert.Equal(2u, job);
        Assert.False(jobs.TryDequeue(out _));
    }

    [Fact]
    public void TypeThatIsNeverFull_IsRejected()
    {
        using Totals totals = Totals.Create(host: _host);
        using Recent recent = Recent.Create(host: _host);
        using Seen seen = Seen.Create(host: _host);
        foreach (string name in (string[])["totals", "recent", "seen"])
            Assert.Contains("is never full", Assert.Throws<ArgumentException>(() => _host.SetFull(name)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "No map is named 'none'.",
            Assert.Throws<ArgumentException>(() => _host.SetFull("none")).Message,
            StringComparison.Ordinal
        );
    }
}
