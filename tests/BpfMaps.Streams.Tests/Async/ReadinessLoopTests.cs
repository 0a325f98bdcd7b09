using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>Tests of the thread that waits for all asynchronous readers of kernel streams.</summary>
public sealed class ReadinessLoopTests
{
    [Fact]
    public async Task ThousandReaders_ShareOneThreadThatEndsWithTheLastReader()
    {
        const int Readers = 1_000;
        Require.Kernel();
        Assert.Null(ReadinessLoop.CurrentThread);
        int descriptors = Settled.CountDescriptors();
        using StreamPrograms programs = new();
        using CancellationTokenSource cancellation = new();
        EventMap[] rings = [.. Enumerable.Range(0, Readers - 1).Select(_ => EventMap.Create(4096)), programs.OpenEvents()];
        int threads = Process.GetCurrentProcess().Threads.Count;
        Task<int>[] readings = [.. rings.Select(ring => ring.CountUntilCancelled(cancellation.Token))];
        Thread? thread = ReadinessLoop.CurrentThread;

        Assert.NotNull(thread);
        Assert.True(Settled.HasThread());
        Assert.InRange(Process.GetCurrentProcess().Threads.Count, 0, threads + 1 + Environment.ProcessorCount);
        programs.Produce(first: 0, count: 10);
        while (rings[^1].AvailableBytes != 0)
            await Task.Yield();
        await cancellation.CancelAsync();
        int[] counts = await Task.WhenAll(readings);

        Assert.Equal((0, 10), (counts[..^1].Sum(), counts[^1]));
        Assert.True(thread.Join(TimeSpan.FromMinutes(1)), "The thread did not end.");
        Assert.Null(ReadinessLoop.CurrentThread);
        foreach (EventMap ring in rings)
            ring.Dispose();
        programs.Dispose();
        Assert.Equal(descriptors, Settled.CountDescriptors());
    }
}
