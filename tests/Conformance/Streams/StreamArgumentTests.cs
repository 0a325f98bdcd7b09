using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of invalid arguments and limits of streams and records.</summary>
[Collection(nameof(WholeProcess))]
public sealed class StreamArgumentTests
{
    [Fact]
    public void ReadingWithoutAHandler_IsRejected()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        ArgumentNullException[] refusals =
        [
            Assert.Throws<ArgumentNullException>(() => events.Read((BpfRecordHandler<Event>)null!)),
            Assert.Throws<ArgumentNullException>(() => events.Read((BpfRecordHandler)null!)),
            Assert.Throws<ArgumentNullException>(() => events.Read((BpfHeaderHandler<Event>)null!)),
            Assert.Throws<ArgumentNullException>(() => events.Read((BpfRecordHandler<Event>)null!, TimeSpan.Zero)),
            Assert.Throws<ArgumentNullException>(() => events.Read((BpfRecordHandler)null!, TimeSpan.Zero)),
            Assert.Throws<ArgumentNullException>(() => events.Read((BpfHeaderHandler<Event>)null!, TimeSpan.Zero)),
        ];
        Assert.All(refusals, refusal => Assert.Equal("handler", refusal.ParamName));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void InvalidLimit_IsRejectedAndConsumesNothing(int limit)
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 2);
        ArgumentOutOfRangeException[] refusals =
        [
            Assert.Throws<ArgumentOutOfRangeException>(() => events.Read(static (in Event _) => { }, limit: limit)),
            Assert.Throws<ArgumentOutOfRangeException>(() => events.Read(static _ => { }, limit: limit)),
            Assert.Throws<ArgumentOutOfRangeException>(() => events.Read(static (in Event _, ReadOnlySpan<byte> _) => { }, limit: limit)),
            Assert.Throws<ArgumentOutOfRangeException>(() => events.Read(static (in Event _) => { }, TimeSpan.Zero, limit)),
            Assert.Throws<ArgumentOutOfRangeException>(() => events.Read(static _ => { }, TimeSpan.Zero, limit)),
            Assert.Throws<ArgumentOutOfRangeException>(() =>
                events.Read(static (in Event _, ReadOnlySpan<byte> _) => { }, TimeSpan.Zero, limit)
            ),
        ];
        Assert.All(refusals, refusal => Assert.Equal("limit", refusal.ParamName));
        Assert.Equal(2, events.Read(static (in Event _) => { }));
    }

    [Fact]
    public void NegativeTimeout_IsRejectedEvenWithoutWaiting()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        using RequestMap requests = programs.OpenRequests();
        programs.Produce(first: 0, count: 1);
        TimeSpan negative = TimeSpan.FromMilliseconds(-2);
        Assert.Throws<ArgumentOutOfRangeException>(() => events.Read(static (in Event _) => { }, negative));
        Assert.Throws<ArgumentOutOfRangeException>(() => requests.TryReserve(out BpfReservation<Event> _, negative));
        Assert.Throws<ArgumentOutOfRangeException>(() => requests.TryReserve(8, out BpfReservation _, negative));
        Assert.Equal((1, 0L), (events.Read(static (in Event _) => { }), requests.PendingBytes));
    }

    /// <summary>Programs receive a record as a dynptr, whose size has 24 bits: draining longer records fails.</summary>
    [Fact]
    public void RecordSizeOfMoreThan24Bits_IsRejectedEvenIfItFits()
    {
        const int Longest = (1 << 24) - 1;
        using StreamPrograms programs = new(ringSize: 1 << 25);
        using RequestMap requests = programs.OpenRequests();
        Assert.Equal(Longest, requests.MaxRecordLength);
        Assert.Throws<ArgumentException>(() => requests.TryReserve(Longest + 1, out BpfReservation _));
        Assert.True(requests.TryWrite(new byte[Longest]));
        Assert.Equal(1, programs.DrainBytes());
        Assert.Equal(1ul, programs.Drained.Count);
    }

    [Fact]
    public void SecondConsumerAndConsumerAfterDisposal_HaveDifferentErrors()
    {
        using StreamPrograms programs = new();
        EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 1);
        int handled = events.Read(
            (in Event _) =>
            {
                InvalidOperationException second = Assert.Throws<InvalidOperationException>(() => events.TryRead(out Event _));
                Assert.IsNotType<ObjectDisposedException>(second);
                Assert.Contains("one consumer at a time", second.Message, StringComparison.Ordinal);
            }
        );
        Assert.Equal(1, handled);
        events.Dispose();
        Assert.Contains(
            "is disposed",
            Assert.Throws<ObjectDisposedException>(() => events.TryRead(out Event _)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void UserRingWithAnotherTypeThanItsSchema_IsRejectedAndLeavesNothingOpen()
    {
        using StreamPrograms programs = new();
        ArgumentException problem = Assert.Throws<ArgumentException>(() => new MisdeclaredRequests(programs.Open("requests")));
        Assert.Contains("16 bytes", problem.Message, StringComparison.Ordinal);
        programs.AssertReleased();
    }

    /// <summary>A ring has two mappings: if the second fails, the first must be removed.</summary>
    [Fact]
    public void HalfMappedRing_IsRejectedAndLeavesNothingOpen()
    {
        using StreamPrograms programs = new();
        uint id;
        using (RawMap raw = programs.Open("events"))
            id = raw.Info.Id;
        BpfException problem = Assert.Throws<BpfException>(() =>
            EventMap.Of(RawMap.OpenById(id, host: new HalfMappingHost(programs.Host)))
        );
        Assert.Equal((Errno.ENOMEM, "mmap"), (problem.Errno, problem.Command));
        programs.AssertReleased();
    }

    [Fact]
    public void RecordWithOnlyAHeader_HasAnEmptyTail()
    {
        Assert.True(BpfRecord.Tail<Prefix>(new byte[8]).IsEmpty);
        Assert.Throws<BpfMalformedRecordException>(() => BpfRecord.Tail<Prefix>(new byte[7]).Length);
    }

    private sealed class MisdeclaredRequests(RawMap raw) : BpfUserRingBuffer<ulong>(raw, RequestMap.Schema);

    /// <summary>A host with memory for the first page of a ring only.</summary>
    private sealed class HalfMappingHost(BpfHost host) : ForwardingHost(host)
    {
        internal override int MapMemory(SafeHandle map, nuint length, nint offset, bool writable, out SafeHandle? memory)
        {
            memory = null;
            return offset == 0 ? base.MapMemory(map, length, offset, writable, out memory) : Errno.ENOMEM;
        }
    }
}
