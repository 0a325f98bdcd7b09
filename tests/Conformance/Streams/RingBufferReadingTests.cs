namespace BpfMaps.Tests;

[Collection(nameof(WholeProcess))]
public sealed class RingBufferReadingTests
{
    // The size of an event, 16 bytes, with its header.
    private const int Stride = 24;

    [Fact]
    public void Consume_ReturnsTheRecordsOnceAndInOrder()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        Assert.Equal(100, programs.Produce(first: 7, count: 100));

        List<ulong> sequences = [];
        int consumed = events.Read(
            (in Event record) =>
            {
                Assert.Equal(record.Sequence * 3, record.Value);
                sequences.Add(record.Sequence);
            }
        );

        Assert.Equal(100, consumed);
        Assert.Equal(Enumerable.Range(7, 100).Select(i => (ulong)i), sequences);
        Assert.Equal(0, events.Read((in Event _) => Assert.Fail("A record was returned twice.")));
    }

    [Fact]
    public void EmptyRing_ReturnsNothing()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();

        Assert.Equal(0, events.Read((in Event _) => Assert.Fail("The ring is empty.")));
        Assert.False(events.TryRead(out Event none));
        Assert.Equal(0ul, none.Sequence);
        Assert.Equal(0, events.Read((in Event _) => Assert.Fail("The ring is empty."), TimeSpan.Zero));
        Assert.Equal(0, events.Read((in Event _) => Assert.Fail("The ring is empty."), TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public void DiscardedRecords_AreSkippedAndNotCounted()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        Assert.Equal(50, programs.ProduceDiscarding(first: 0, count: 100));

        List<ulong> sequences = [];
        int consumed = events.Read((in Event record) => sequences.Add(record.Sequence));

        Assert.Equal(50, consumed);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (ulong)i * 2), sequences);
        Assert.Equal(0, events.AvailableBytes);
    }

    [Fact]
    public void FullRing_KeepsRecordsAndReportsDroppedOnesToTheProgram()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        int fits = 4096 / Stride;

        Assert.Equal(fits, programs.ProduceDropping(first: 0, count: 1000));
        Assert.Equal(0, programs.ProduceDropping(first: 1000, count: 10));

        int next = 0;
        Assert.Equal(fits, events.Read((in Event record) => Assert.Equal((ulong)next++, record.Sequence)));
        Assert.Equal(10, programs.ProduceDropping(first: 2000, count: 10));
        Assert.Equal(10, events.Read((in Event record) => Assert.InRange(record.Sequence, 2000ul, 2009ul)));
    }

    [Fact]
    public void Limit_StopsReadingAndKeepsTheRest()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 10);

        Assert.Equal(3, events.Read((in Event record) => Assert.InRange(record.Sequence, 0ul, 2ul), limit: 3));
        Assert.Equal(7 * Stride, events.AvailableBytes);
        Assert.True(events.TryRead(out Event fourth));
        Assert.Equal(3ul, fourth.Sequence);
        Assert.Equal(6, events.Read((in Event record) => Assert.InRange(record.Sequence, 4ul, 9ul)));
        Assert.Throws<ArgumentOutOfRangeException>(() => events.Read((in Event _) => { }, limit: 0));
    }

    [Fact]
    public void Positions_ShowHowFullTheRingIs()
    {
        using StreamPrograms programs = new(ringSize: 8192);
        using EventMap events = programs.OpenEvents();
        programs.Produce(first: 0, count: 10);

        Assert.Equal(8192, events.Size);
        Assert.Equal(10 * Stride, events.AvailableBytes);
        Assert.Equal(0ul, events.ConsumerPosition);
        Assert.Equal(10ul * Stride, events.ProducerPosition);

        events.Read((in Event _) => { }, limit: 4);
        Assert.Equal(4ul * Stride, events.ConsumerPosition);
        Assert.Equal(6 * Stride, events.AvailableBytes);
    }

    [Fact]
    public void LongRun_ReleasesSpaceBeforeItsEnd()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        int fits = programs.ProduceDropping(first: 0, count: 1000);

        // During the run, the ring appears full until a quarter of it has been read, and accepts records after that.
        int handled = 0,
            firstRoom = 0;
        events.Read(
            (in Event _) =>
            {
                handled++;
                if (firstRoom == 0 && programs.Produce(first: 5000, count: 1) == 1)
                    firstRoom = handled;
            }
        );

        Assert.InRange(firstRoom, (4096 / 4 / Stride) + 1, (4096 / 4 / Stride) + 2);
        Assert.Equal(fits + 1, handled);
    }

    [Fact]
    public void ByteHandler_ReceivesCompleteRecordsOfEverySize()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        List<int> sizes = [];
        for (int size = 0; size <= 2000; size = (size * 2) + 1)
        {
            Assert.True(programs.ProduceBytes((byte)size, size));
            int seen = events.Read(record =>
            {
                sizes.Add(record.Length);
                for (int i = 0; i < record.Length; i++)
                    Assert.Equal((byte)(record.Length + i), record[i]);
            });
            Assert.Equal(1, seen);
        }

        Assert.Equal([0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 1023], sizes);
    }

    [Fact]
    public void RecordsAcrossTheEndOfTheRing_AreContiguous()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();

        // Records of 1,008 bytes in a ring of 4,096: they begin at every multiple of 16.
        for (int i = 0; i < 300; i++)
        {
            Assert.True(programs.ProduceBytes((byte)i, 1000));
            int seen = events.Read(record =>
            {
                Assert.Equal(1000, record.Length);
                for (int at = 0; at < record.Length; at++)
                    Assert.Equal((byte)(i + at), record[at]);
            });
            Assert.Equal(1, seen);
        }
    }

    [Fact]
    public void Dispatch_DistinguishesTypesInPlace()
    {
        using StreamPrograms programs = new();
        using PrefixMap events = PrefixMap.Of(programs.Open("events"));
        Assert.Equal(6, programs.ProduceKinds(firstProcess: 40, count: 6));

        List<string> lines = [];
        int seen = events.Read(
            (in Prefix prefix, ReadOnlySpan<byte> record) =>
            {
                switch (prefix.Kind)
                {
                    case 1:
                        ref readonly Started started = ref BpfRecord.As<Started>(record);
                        ReadOnlySpan<byte> command = started.Command;
                        lines.Add(
                            $"{started.Prefix.ProcessId} started {System.Text.Encoding.ASCII.GetString(command.TrimEnd((byte)0))} {started.Inode}"
                        );
                        break;
                    case 2:
                        lines.Add($"{prefix.ProcessId} ended {BpfRecord.As<Ended>(record).Code}");
                        break;
                }
            }
        );

        Assert.Equal(6, seen);
        Assert.Equal(
            ["40 started command 0", "41 ended -1", "42 started command 200", "43 ended -3", "44 started command 400", "45 ended -5"],
            lines
        );
    }

    [Fact]
    public void PrefixAndTail_ReadRecordsOfVaryingSize()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        programs.ProduceBytes(first: 1, size: 20);

        int tail = -1;
        events.Read(record =>
        {
            tail = BpfRecord.Tail<Event>(record).Length;
            Assert.Equal(0x0807060504030201ul, BpfRecord.As<Event>(record).Sequence);
            Assert.Equal(17, BpfRecord.Tail<Event>(record)[0]);
        });

        Assert.Equal(4, tail);
        BpfMalformedRecordException problem = Assert.Throws<BpfMalformedRecordException>(() => BpfRecord.As<Event>(new byte[15]));
        Assert.Equal((15, 16), (problem.Length, problem.ExpectedLength));
        Assert.Throws<BpfMalformedRecordException>(() => BpfRecord.Tail<Event>(new byte[15]).Length);
    }

    [Fact]
    public void PinnedRing_IsContinuedByTheNextReader()
    {
        using PinDirectory pins = TestHost.Pins();
        using StreamPrograms programs = new();
        using RawMap raw = programs.Open("events");
        raw.Pin(pins["events"]);
        programs.Produce(first: 0, count: 100);

        int next = 0;
        using (EventMap first = EventMap.OpenPinned(pins["events"], host: programs.Host))
            Assert.Equal(50, first.Read((in Event record) => Assert.Equal((ulong)next++, record.Sequence), limit: 50));
        programs.Produce(first: 100, count: 10);
        using (EventMap second = EventMap.OpenPinned(pins["events"], host: programs.Host))
            Assert.Equal(60, second.Read((in Event record) => Assert.Equal((ulong)next++, record.Sequence)));
        raw.Unpin();

        Assert.Equal(110, next);
    }

    [Fact]
    public void Reading_AllocatesNothing()
    {
        using StreamPrograms programs = new(ringSize: 1 << 20);
        using EventMap events = programs.OpenEvents();
        ulong sum = 0;
        BpfRecordHandler<Event> typed = (in Event record) => sum += record.Value;
        BpfRecordHandler bytes = record => sum += (ulong)record.Length;
        BpfHeaderHandler<Event> dispatch = (in Event prefix, ReadOnlySpan<byte> _) => sum += prefix.Value;
        for (int warmUp = 0; warmUp < 2; warmUp++)
        {
            programs.Produce(first: 0, count: 40_000);
            long before = GC.GetAllocatedBytesForCurrentThread();
            int read =
                events.Read(typed, limit: 10_000)
                + events.Read(bytes, limit: 10_000)
                + events.Read(dispatch, limit: 5_000)
                + events.Read(typed, TimeSpan.FromSeconds(1), limit: 5_000);
            while (events.TryRead(out Event record))
            {
                sum += record.Value;
                read++;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal(40_000, read);
            if (warmUp != 0)
                Assert.Equal(0, allocated);
        }
    }

    [Fact]
    public void Creation_NeedsNoRecordSize()
    {
        using EventMap events = EventMap.Create(8192, TestHost.Current);

        Assert.Equal(
            (BpfMapType.RingBuf, 0, 0, 8192u),
            (events.Info.Type, events.Info.KeySize, events.Info.ValueSize, events.Info.MaxEntries)
        );
    }

    [Fact]
    public void RingOfAnInvalidSize_IsRejectedWithTheRule()
    {
        BpfException problem = Assert.ThrowsAny<BpfException>(() => EventMap.Create(5000, TestHost.Current));

        Assert.Contains("power of two", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MapOfAnotherType_IsNotARing()
    {
        using RawMap array = TestMaps.Create(BpfMapType.Array, valueSize: 16, maxEntries: 4096);

        BpfMapMismatchException problem = Assert.Throws<BpfMapMismatchException>(() =>
            EventMap.FromFileDescriptor((int)array.Handle.DangerousGetHandle(), TestHost.Current)
        );

        Assert.Equal(["type is Array, but RingBuf was declared"], problem.Differences);
    }

    [Fact]
    public void ReadOnlyDescriptor_IsRejectedBecauseReadingWritesThePosition()
    {
        using PinDirectory pins = TestHost.Pins();
        using (EventMap events = EventMap.Create(4096, TestHost.Current))
            events.Pin(pins["events"]);

        BpfPermissionException problem = Assert.Throws<BpfPermissionException>(() =>
            EventMap.OpenPinned(pins["events"], BpfMapAccess.ReadOnly, TestHost.Current)
        );

        Assert.Contains("read-only", problem.Message, StringComparison.Ordinal);
    }
}
