using BpfMaps.Interop;

namespace BpfMaps.Tests;

/// <summary>Tests that a custom epoll on a ring is notified of every record too.</summary>
public sealed class EdgeTriggeredTests
{
    [Fact]
    public async Task EdgeTriggeredWait_IsNotifiedOfEveryRecord()
    {
        const int Total = 20_000;
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        Assert.Equal(0, Epoll.Create(out OwnedDescriptor? epoll));
        using OwnedDescriptor _ = epoll!;
        Assert.Equal(0, Epoll.Watch(epoll!, (int)events.Raw.Handle.DangerousGetHandle(), Epoll.In | Epoll.EdgeTriggered, 0));
        Task producer = Background.Run(() =>
        {
            for (int i = 0; i < Total; i++)
                programs.ProduceAll(1, (ulong)i);
        });

        // The kernel signals a new record only if the reader had caught up, and only once.
        ulong next = 0;
        ulong[] ready = new ulong[1];
        while (next < Total)
        {
            if (events.Read((in Event record) => Assert.Equal(next++, record.Sequence)) == 0)
                Assert.True(Epoll.Wait(epoll!, ready, timeoutMilliseconds: 60_000) == 1, $"No wake-up after record {next}.");
        }

        await producer;
    }
}
