namespace BpfMaps.Tests;

/// <summary>Tests of a perf sample that arrives after the reader found none and before it waits.</summary>
public sealed class LateSampleTests
{
    private const int Rounds = 100;
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task PerfEventArray_DoesNotMissTheSample()
    {
        using StreamPrograms programs = new();
        ulong written = 0;
        LateRecordHost host = new(
            programs.Host,
            () =>
            {
                programs.OrderSamples(written++, count: 1);
                programs.ProduceSamples();
            }
        );
        using RawMap raw = programs.Open("samples");
        using SampleMap samples = SampleMap.FromFileDescriptor((int)raw.Handle.DangerousGetHandle(), host);

        await samples.ReadLateRecords(Rounds);
        for (int i = 0; i < Rounds; i++)
            Assert.Equal(1, samples.Read((in Event _) => { }, s_long));
    }

    [Fact]
    public void SampleBeforeTheFirstWait_EndsIt()
    {
        using StreamPrograms programs = new();
        LateRecordHost host = new(programs.Host, static () => { })
        {
            BeforeCreation = () =>
            {
                programs.OrderSamples(first: 7, count: 1);
                Assert.Equal(1, programs.ProduceSamples());
            },
        };
        using RawMap raw = programs.Open("samples");
        using SampleMap samples = SampleMap.FromFileDescriptor((int)raw.Handle.DangerousGetHandle(), host);
        samples.Open();
        ulong read = 0;

        Assert.Equal(1, samples.Read((in Event sample) => read = sample.Sequence, s_long));

        Assert.Equal(7ul, read);
    }
}
