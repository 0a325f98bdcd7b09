namespace BpfMaps.Tests;

/// <summary>Rings whose positions and headers are not those of one consumer and one producer.</summary>
[Collection(nameof(WholeProcess))]
public sealed class TornRingTests
{
    private const ulong Size = 4096;
    private const int Stride = 24;

    /// <summary>Valid and invalid consumer positions of a ring with two records of 16 bytes.</summary>
    public static TheoryData<ulong> ConsumerPositionsThatCannotBe => [2 * Stride + 8, Size, 1ul << 40, 4, Stride + 1, unchecked(0 - Size)];

    /// <summary>Invalid producer positions of a ring with the consumer position 48.</summary>
    public static TheoryData<ulong> ProducerPositionsThatCannotBe => [0, 40, 48 + Size + 8, 1ul << 40, ulong.MaxValue - 7, 52, 1ul << 63];

    [Theory]
    [MemberData(nameof(ConsumerPositionsThatCannotBe))]
    public async Task ConsumerPositionThatCannotBe_IsReportedByEveryWayToRead(ulong position)
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        using ScribbledRing other = new(programs.Open("events"));
        Assert.Equal(2, programs.Produce(first: 1, count: 2));
        other.Consumer = position;

        AssertTorn(Assert.Throws<BpfException>(() => events.Read((in Event _) => { })), position, 2 * Stride);
        AssertTorn(Assert.Throws<BpfException>(() => events.Read(static _ => { })), position, 2 * Stride);
        AssertTorn(Assert.Throws<BpfException>(() => events.Read((in Event _, ReadOnlySpan<byte> _) => { })), position, 2 * Stride);
        AssertTorn(Assert.Throws<BpfException>(() => events.Read((in Event _) => { }, Timeout.InfiniteTimeSpan)), position, 2 * Stride);
        AssertTorn(Assert.Throws<BpfException>(() => events.TryRead(out _)), position, 2 * Stride);
        BpfException fromEnumerator = await Assert.ThrowsAsync<BpfException>(async () =>
        {
            await foreach (Event _ in events.ReadAllAsync(TestContext.Current.CancellationToken)) { }
        });
        AssertTorn(fromEnumerator, position, 2 * Stride);
        Assert.InRange(events.AvailableBytes, 0, (long)Size);
    }

    [Fact]
    public void LengthThatIsLongerThanWhatIsThere_IsReportedAndNothingIsRead()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        using ScribbledRing other = new(programs.Open("events"));
        // The second record's content looks like the header of a record of 512 MB, or of 72 bytes where there are 48.
        foreach (ulong content in (ulong[])[0x2000_0000, 72, 0x3fff_ffff, 0x7fff_ffff])
        {
            ulong start = events.ConsumerPosition;
            Assert.Equal(1, programs.Produce(first: 1, count: 1));
            Assert.Equal(1, programs.Produce(first: content, count: 1));
            Assert.Equal(1, programs.Produce(first: 1, count: 1));
            other.Consumer = start + Stride + 8;

            int handled = 0;
            AssertTorn(Assert.Throws<BpfException>(() => events.Read((in Event _) => handled++)), start + Stride + 8, start + (3 * Stride));
            AssertTorn(Assert.Throws<BpfException>(() => events.Read(_ => handled++)), start + Stride + 8, start + (3 * Stride));
            AssertTorn(Assert.Throws<BpfException>(() => events.TryRead(out _)), start + Stride + 8, start + (3 * Stride));
            Assert.Equal(0, handled);
            other.Consumer = start + (3 * Stride);
        }
    }

    [Fact]
    public void ReadAtARecordThatStaysOpen_EndsAtItsTimeout()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        using ScribbledRing other = new(programs.Open("events"));
        // The content of the record looks like the header of an open record, which keeps the kernel's ring readable.
        Assert.Equal(1, programs.Produce(first: RingWindow.Busy, count: 1));
        other.Consumer = 8;

        Assert.Equal(0, events.Read((in Event _) => { }));
        Assert.Equal(0, events.Read((in Event _) => { }, TimeSpan.FromMilliseconds(2)));
        Assert.Equal(8ul, events.ConsumerPosition);
    }

    [Fact]
    public void TwoConsumersAtOnce_AreReported()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents(),
            others = programs.OpenEvents();
        Assert.Equal(3, programs.Produce(first: 1, count: 3));
        int handled = 0;

        BpfException problem = Assert.Throws<BpfException>(() =>
            events.Read(
                (in Event _) =>
                {
                    if (++handled == 1)
                        Assert.Equal(3, others.Read((in Event _) => { }));
                }
            )
        );

        AssertTorn(problem, 3 * Stride, 3 * Stride);
        Assert.Contains("Another object or process", problem.Message, StringComparison.Ordinal);
        // Nothing was given back that the other one had not read.
        Assert.Equal(3ul * Stride, events.ConsumerPosition);
        Assert.Equal(1, programs.Produce(first: 4, count: 1));
        Assert.True(events.TryRead(out Event next));
        Assert.Equal(4ul, next.Sequence);
    }

    [Theory]
    [MemberData(nameof(ProducerPositionsThatCannotBe))]
    public void ProducerPositionThatCannotBe_IsReportedByEveryWayToWrite(ulong position)
    {
        using StreamPrograms programs = new();
        using RequestMap requests = programs.OpenRequests();
        using ScribbledRing other = new(programs.Open("requests"));
        Assert.True(requests.TryWrite(new Event()));
        Assert.True(requests.TryWrite(new Event()));
        Assert.Equal(2, programs.Drain());
        other.Producer = position;

        AssertTorn(Assert.Throws<BpfException>(() => requests.TryWrite(new Event())), 2 * Stride, position);
        AssertTorn(Assert.Throws<BpfException>(() => requests.TryWrite(new byte[8])), 2 * Stride, position);
        AssertTorn(Assert.Throws<BpfException>(() => requests.TryReserve(out _)), 2 * Stride, position);
        AssertTorn(Assert.Throws<BpfException>(() => requests.TryReserve(8, out _)), 2 * Stride, position);
        AssertTorn(Assert.Throws<BpfException>(() => requests.TryReserve(out _, Timeout.InfiniteTimeSpan)), 2 * Stride, position);
        Assert.InRange(requests.PendingBytes, 0, (long)Size);
    }

    private static void AssertTorn(BpfException problem, ulong consumer, ulong producer)
    {
        Assert.Equal("EPROTO", problem.ErrnoName);
        Assert.Contains($"map '{problem.MapName}'", problem.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"the ring is damaged. The consumer position is {consumer}, the producer position is {producer}, the size is {Size}, and",
            problem.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("Another object or process is probably", problem.Message, StringComparison.Ordinal);
    }
}
