namespace BpfMaps.Tests;

/// <summary>Tests of a record that arrives after the reader found none and before it waits.</summary>
[Collection(nameof(WholeProcess))]
public sealed class LateRecordTests
{
    private const int Rounds = 100;
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task RingBuffer_DoesNotMissTheRecord()
    {
        using StreamPrograms programs = new();
        ulong written = 0;
        LateRecordHost host = new(programs.Host, () => programs.Produce(written++, count: 1));
        using RawMap raw = programs.Open("events");
        using EventMap events = EventMap.FromFileDescriptor((int)raw.Handle.DangerousGetHandle(), host);

        await events.ReadLateRecords(Rounds);
        for (int i = 0; i < Rounds; i++)
            Assert.Equal(1, events.Read((in Event _) => { }, s_long));
    }
}
