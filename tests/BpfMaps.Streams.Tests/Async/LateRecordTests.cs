namespace BpfMaps.Tests;

/// <summary>A record comes when the reader has just seen that there is none, and is about to wait.</summary>
public sealed class LateRecordTests
{
    private const int Rounds = 100;
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task RingBuffer_DoesNotMissIt()
    {
        using StreamPrograms programs = new();
        ulong written = 0;
        LateRecordHost host = new(() => programs.Produce(written++, count: 1));
        using RawMap raw = programs.Open("events");
        using EventMap events = EventMap.FromFileDescriptor((int)raw.Handle.DangerousGetHandle(), host);

        await Check(events);
        for (int i = 0; i < Rounds; i++)
            Assert.Equal(1, events.Poll(s_long, (in Event _) => { }));
    }

    [Fact]
    public async Task PerfEventArray_DoesNotMissIt()
    {
        using StreamPrograms programs = new();
        ulong written = 0;
        LateRecordHost host = new(() =>
        {
            programs.OrderSamples(written++, count: 1);
            programs.ProduceSamples();
        });
        using RawMap raw = programs.Open("samples");
        using SampleMap samples = SampleMap.FromFileDescriptor((int)raw.Handle.DangerousGetHandle(), host);

        await Check(samples);
        for (int i = 0; i < Rounds; i++)
            Assert.Equal(1, samples.Poll(s_long, (in Event _) => { }));
    }

    private static async Task Check(BpfEventStream<Event> stream)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using IAsyncEnumerator<Event> reading = stream.ReadAllAsync(token).GetAsyncEnumerator(token);
        for (int i = 0; i < Rounds; i++)
        {
            Assert.True(await reading.MoveNextAsync().AsTask().WaitAsync(s_long, token), "The reading ended.");
            Assert.Equal((ulong)i, reading.Current.Sequence);
        }
    }
}
