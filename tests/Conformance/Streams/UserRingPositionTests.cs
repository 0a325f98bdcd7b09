namespace BpfMaps.Tests;

[Collection(nameof(WholeProcess))]
public sealed class UserRingPositionTests
{
    [Fact]
    public void Positions_ShowReservedAndDrainedBytes()
    {
        const ulong Stride = 24;
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        Assert.True(requests.TryWrite(new Event { Sequence = 1 }));
        Assert.True(requests.TryWrite(new Event { Sequence = 2 }));
        Assert.Equal((0ul, 2 * Stride, (long)(2 * Stride)), (requests.ConsumerPosition, requests.ProducerPosition, requests.PendingBytes));

        Assert.Equal(2, programs.Drain());
        Assert.True(requests.TryWrite(new Event { Sequence = 3 }));
        Assert.Equal((2 * Stride, 3 * Stride, (long)Stride), (requests.ConsumerPosition, requests.ProducerPosition, requests.PendingBytes));
    }
}
