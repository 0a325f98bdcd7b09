using System.Diagnostics;

namespace BpfMaps.Tests;

public sealed class PerfEventArrayTests
{
    // The size of a sample: a header of 8 bytes, the time, the length and an event, rounded up to a multiple of 8.
    private const int Stride = 40;
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    [Fact]
    public void Samples_AreReadInOrderWithCpuAndTime()
    {
        using StreamPrograms programs = new();
        using SampleMap samples = SampleMap.Of(programs.Open("samples"));
        samples.Open();
        Assert.NotEmpty(samples.Cpus);
        long begin = Stopwatch.GetTimestamp();
        foreach (int cpu in samples.Cpus)
        {
            programs.OrderSamples(first: (ulong)cpu * 1000, count: 100);
            PinnedThread.Run(cpu, () => Assert.Equal(100, programs.ProduceSamples()));
        }

        Dictionary<int, (ulong Next, long Time)> seen = samples.Cpus.ToDictionary(cpu => cpu, cpu => ((ulong)cpu * 1000, 0L));
        int read = samples.Read(
            (in Event record, BpfSampleInfo info) =>
            {
                (ulong next, long time) = seen[info.Cpu];
                Assert.Equal((next, next * 3), (record.Sequence, record.Value));
                Assert.True(info.TimestampNanoseconds >= time, "The time went backwards.");
                seen[info.Cpu] = (next + 1, info.TimestampNanoseconds);
            }
        );

        Assert.Equal(100 * samples.Cpus.Count, read);
        const long Second = 1_000_000_000;
        Assert.All(seen.Values, last => Assert.InRange(last.Time, begin - Second, Stopwatch.GetTimestamp() + Second));
        Assert.Equal(0, samples.Read((in Event _) => { }));
        Assert.Equal(0, samples.LostCount);
    }

    [Fact]
    public void SamplesAcrossTheEndOfTheBuffer_AreContiguous()
    {
        using StreamPrograms programs = new();
        using SampleMap samples = SampleMap.Of(programs.Open("samples"));
        samples.Open(pagesPerCpu: 1);
        int cpu = samples.Cpus[0];

        // 4,096 is not a multiple of 40: in two of three rounds through the buffer, a sample is in two pieces.
        PinnedThread.Run(
            cpu,
            () =>
            {
                ulong next = 0;
                for (int round = 0; round < 500; round++)
                {
                    programs.OrderSamples(next, count: 37);
                    Assert.Equal(37, programs.ProduceSamples());
                    Assert.Equal(
                        37,
                        samples.Read(
                            (in Event record) =>
                            {
                                Assert.Equal((next, next * 3), (record.Sequence, record.Value));
                                next++;
                            }
                        )
                    );
                }
            }
        );
        Assert.Equal(0, samples.LostCount);
    }

    [Fact]
    public void LargeSamplesAcrossTheEnd_AreContiguousForByteHandlers()
    {
        using StreamPrograms programs = new();
        using SampleMap samples = SampleMap.Of(programs.Open("samples"));
        samples.Open(pagesPerCpu: 1);
        programs.ProduceBytes(first: 0, size: 1); // fills the bytes of the samples

        PinnedThread.Run(
            samples.Cpus[0],
            () =>
            {
                for (int round = 0; round < 100; round++)
                {
                    programs.OrderSamples((ulong)round, count: 1, size: 1500);
                    Assert.Equal(1, programs.ProduceSamples());
                    Assert.Equal(
                        1,
                        samples.Read(record =>
                        {
                            Assert.Equal(1500, record.Length);
                            Assert.Equal((byte)round, record[0]);
                            for (int i = 1; i < 1500; i++)
                                Assert.Equal((byte)i, record[i]);
                        })
                    );
                }
            }
        );
    }

    [Fact]
    public void LostSamples_AreCountedExactlyAndReportedOnce()
    {
        using StreamPrograms programs = new();
        using SampleMap samples = SampleMap.Of(programs.Open("samples"));
        samples.Open(pagesPerCpu: 1);
        List<(int Cpu, long Count)> reports = [];
        samples.OnLost = (cpu, count) => reports.Add((cpu, count));
        int target = samples.Cpus[^1],
            written = 0;
        PinnedThread.Run(
            target,
            () =>
            {
                programs.OrderSamples(first: 0, count: 200);
                written = programs.ProduceSamples();
            }
        );

        Assert.InRange(written, (4096 / Stride) - 1, 4096 / Stride);
        Assert.Equal(written, samples.Read((in Event _) => { }));
        PinnedThread.Run(
            target,
            () =>
            {
                programs.OrderSamples(first: 500, count: 1);
                Assert.Equal(1, programs.ProduceSamples());
            }
        );
        Assert.Equal(1, samples.Read((in Event record) => Assert.Equal(500ul, record.Sequence)));

        Assert.Equal(200 - written, samples.LostCount);
        Assert.Equal([(target, 200 - written)], reports);
    }

    [Fact]
    public void Limit_StopsReadingAndTheNextCallContinuesWithAnotherCpu()
    {
        using StreamPrograms programs = new();
        using SampleMap samples = SampleMap.Of(programs.Open("samples"));
        samples.Open();
        programs.OrderSamples(first: 0, count: 10);
        foreach (int cpu in samples.Cpus)
            PinnedThread.Run(cpu, () => Assert.Equal(10, programs.ProduceSamples()));

        List<int> cpus = [];
        for (int i = 0; i < samples.Cpus.Count; i++)
            Assert.Equal(1, samples.Read((in Event record, BpfSampleInfo info) => cpus.Add(info.Cpu), limit: 1));

        Assert.Equal(samples.Cpus, cpus);
        Assert.Equal(9 * samples.Cpus.Count, samples.Read((in Event record) => Assert.NotEqual(0ul, record.Sequence)));
    }

    [Fact]
    public async Task Poll_WakesForSamplesOfAnyCpu()
    {
        const int PerCpu = 5_000;
        using StreamPrograms programs = new();
        using SampleMap samples = SampleMap.Of(programs.Open("samples"));
        samples.Open(pagesPerCpu: 64);
        programs.OrderSamples(first: 0, count: 1);
        Task[] producers = StartProducers(programs, samples.Cpus, PerCpu);

        int read = 0;
        while (read + samples.LostCount < PerCpu * samples.Cpus.Count)
        {
            int more = samples.Read((in Event _) => { }, s_long);
            Assert.NotEqual(0, more);
            read += more;
        }

        await Task.WhenAll(producers);
        Assert.Equal((PerCpu * samples.Cpus.Count, 0), (read, samples.LostCount));
    }

    [Fact]
    public async Task ReadAllAsync_WakesForEachSample()
    {
        const int PerCpu = 5_000;
        CancellationToken token = TestContext.Current.CancellationToken;
        using StreamPrograms programs = new();
        using SampleMap samples = SampleMap.Of(programs.Open("samples"));
        samples.Open(pagesPerCpu: 64);
        programs.OrderSamples(first: 0, count: 1);
        Task[] producers = StartProducers(programs, samples.Cpus, PerCpu);

        int read = 0;
        await foreach (Event _ in samples.ReadAllAsync(token))
        {
            if (++read == PerCpu * samples.Cpus.Count)
                break;
        }

        await Task.WhenAll(producers);
        Assert.Equal(0, samples.LostCount);
    }

    [Fact]
    public async Task Disposal_EndsWaitsAndReleasesEverything()
    {
        using StreamPrograms programs = new();
        int descriptors = Settled.CountDescriptors();
        int mappings = CountPerfMappings();
        for (int round = 0; round < 10; round++)
        {
            SampleMap samples = SampleMap.Of(programs.Open("samples"));
            using ManualResetEventSlim started = new();
            Task poll = Task.Factory.StartNew(
                () =>
                {
                    started.Set();
                    samples.Read((in Event _) => { }, Timeout.InfiniteTimeSpan);
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
            started.Wait(TestContext.Current.CancellationToken);
            samples.Dispose();
            await Assert.ThrowsAsync<ObjectDisposedException>(() => poll);

            samples = SampleMap.Of(programs.Open("samples"));
            ValueTask<bool> reading = samples
                .ReadAllAsync(TestContext.Current.CancellationToken)
                .GetAsyncEnumerator(TestContext.Current.CancellationToken)
                .MoveNextAsync();
            samples.Dispose();
            Assert.False(await reading);
        }

        Assert.Equal((descriptors, mappings), (Settled.CountDescriptors(), CountPerfMappings()));
        programs.OrderSamples(first: 0, count: 1);
        Assert.Equal(0, programs.ProduceSamples());
    }

    [Fact]
    public void OfflineCpu_IsSkipped()
    {
        Require.That(Environment.ProcessorCount > 1, "two-cpus", "this machine has one CPU online, and the test takes one away");
        Require.Kernel();
        int offline = BpfHost.Kernel.PossibleCpus[^1];
        OfflineCpuHost host = new(offline);
        using StreamPrograms programs = new();
        using RawMap raw = programs.Open("samples");
        using SampleMap samples = SampleMap.FromFileDescriptor((int)raw.Handle.DangerousGetHandle(), host);
        samples.Open();

        Assert.Equal(BpfHost.Kernel.PossibleCpus.ToArray().Where(cpu => cpu != offline), samples.Cpus);
        programs.OrderSamples(first: 0, count: 5);
        PinnedThread.Run(offline, () => Assert.Equal(0, programs.ProduceSamples()));
        foreach (int cpu in samples.Cpus)
            PinnedThread.Run(cpu, () => Assert.Equal(5, programs.ProduceSamples()));
        Assert.Equal(5 * samples.Cpus.Count, samples.Read((in Event _) => { }));
    }

    [Fact]
    public void Creation_SizesTheArrayByThePossibleCpus()
    {
        Require.Kernel();
        using SampleMap samples = SampleMap.Create();

        Assert.Equal((uint)BpfHost.Kernel.PossibleCpus[^1] + 1, samples.Info.MaxEntries);
        Assert.Equal((4, 4), (samples.Info.KeySize, samples.Info.ValueSize));
        Assert.Empty(samples.Cpus);
        using SampleMap wider = SampleMap.Create(new OfflineCpuHost(offlineCpu: 11));
        Assert.Equal(12u, wider.Info.MaxEntries);
    }

    [Fact]
    public void Opening_IsPossibleOnceAndRequiresAPowerOfTwo()
    {
        Require.Kernel();
        using SampleMap samples = SampleMap.Create();

        Assert.Throws<ArgumentOutOfRangeException>(() => samples.Open(pagesPerCpu: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.Open(pagesPerCpu: 0));
        samples.Open();
        Assert.Throws<InvalidOperationException>(() => samples.Open());
    }

    [Fact]
    public void ShortSample_IsMalformedAndReportsItsPaddedLength()
    {
        using StreamPrograms programs = new();
        using SampleMap samples = SampleMap.Of(programs.Open("samples"));
        samples.Open();
        programs.OrderSamples(first: 0, count: 1, size: 10);
        PinnedThread.Run(samples.Cpus[0], () => Assert.Equal(1, programs.ProduceSamples()));

        BpfMalformedRecordException problem = Assert.Throws<BpfMalformedRecordException>(() => samples.Read((in Event _) => { }));

        Assert.Equal((12, 16), (problem.Length, problem.ExpectedLength));
        Assert.False(samples.TryRead(out _));
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        using StreamPrograms programs = new();
        using SampleMap samples = SampleMap.Of(programs.Open("samples"));
        samples.Open(pagesPerCpu: 16);
        programs.OrderSamples(first: 0, count: 256);
        ulong sum = 0;
        BpfRecordHandler<Event> typed = (in Event record) => sum += record.Value;
        BpfSampleHandler<Event> withInfo = (in Event record, BpfSampleInfo info) => sum += (ulong)info.Cpu;
        long allocated = -1;
        PinnedThread.Run(
            samples.Cpus[0],
            () =>
            {
                for (int round = 0; round < 50; round++)
                {
                    Assert.Equal(256, programs.ProduceSamples());
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    int read = samples.Read(typed, limit: 100) + samples.Read(withInfo, limit: 100) + samples.Read(typed, s_long);
                    allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                    Assert.Equal(256, read);
                }
            }
        );

        Assert.Equal(0, allocated);
    }

    private static Task[] StartProducers(StreamPrograms programs, IReadOnlyList<int> cpus, int count) =>
        [
            .. cpus.Select(cpu =>
                PinnedThread.Start(
                    cpu,
                    () =>
                    {
                        for (int i = 0; i < count; i++)
                            Assert.Equal(1, programs.ProduceSamples());
                    }
                )
            ),
        ];

    private static int CountPerfMappings() =>
        File.ReadLines("/proc/self/maps").Count(line => line.Contains("perf_event", StringComparison.Ordinal));
}
