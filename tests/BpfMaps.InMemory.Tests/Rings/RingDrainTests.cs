namespace BpfMaps.Tests;

/// <summary>
/// Tests of programs that drain a user ring buffer. The conformance suite tests the behavior that is common with the kernel.
/// </summary>
public sealed class RingDrainTests
{
    private const string Ring = "requests";

    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void Records_AreReceivedInOrderAndInPlace()
    {
        using RequestRing requests = RequestRing.Create(4096, _host);
        for (ulong id = 1; id <= 5; id++)
            Assert.True(requests.TryWrite(new Request { Id = id }));
        Assert.True(requests.TryWrite("tail of another length"u8));
        List<string> seen = [];

        int drained = _host
            .AsProgram()
            .DrainUserRing(
                Ring,
                record =>
                {
                    seen.Add(
                        record.Length == 8 ? BpfRecord.As<Request>(record).Id.ToString() : System.Text.Encoding.ASCII.GetString(record)
                    );
                    return InMemoryDrain.Continue;
                }
            );

        Assert.Equal(6, drained);
        Assert.Equal(["1", "2", "3", "4", "5", "tail of another length"], seen);
        Assert.Equal(0, requests.PendingBytes);
    }

    [Fact]
    public void ExceptionOfAHandler_ConsumesItsRecord()
    {
        using RequestRing requests = RequestRing.Create(4096, _host);
        for (ulong id = 1; id <= 3; id++)
            requests.TryWrite(new Request { Id = id });
        InMemoryProgram program = _host.AsProgram();

        Assert.Throws<InvalidTimeZoneException>(() => program.DrainUserRing(Ring, _ => throw new InvalidTimeZoneException()));

        List<ulong> seen = [];
        Assert.Equal(
            2,
            program.DrainUserRing(
                Ring,
                record =>
                {
                    seen.Add(BpfRecord.As<Request>(record).Id);
                    return InMemoryDrain.Continue;
                }
            )
        );
        Assert.Equal([2, 3], seen);
    }

    [Fact]
    public void NestedDrain_FailsWithEbusy()
    {
        using RequestRing requests = RequestRing.Create(4096, _host);
        requests.TryWrite(new Request { Id = 1 });
        int inner = 0;

        Assert.Equal(
            1,
            _host
                .AsProgram(0)
                .DrainUserRing(
                    Ring,
                    _ =>
                    {
                        inner = _host.AsProgram(1).DrainUserRing(Ring, _ => InMemoryDrain.Continue);
                        return InMemoryDrain.Continue;
                    }
                )
        );

        Assert.Equal(-16, inner); // EBUSY
    }

    [Fact]
    public void OneCall_ConsumesAtMost131072Records()
    {
        using RequestRing requests = RequestRing.Create(1 << 22, _host);
        while (requests.TryWrite(default(ReadOnlySpan<byte>))) { }

        InMemoryProgram program = _host.AsProgram();
        Assert.Equal(131_072, program.DrainUserRing(Ring, _ => InMemoryDrain.Continue));
        Assert.Equal((1 << 22) - (8 * 131_072), requests.PendingBytes);
        Assert.Equal(131_072, program.DrainUserRing(Ring, _ => InMemoryDrain.Continue));
    }

    [Fact]
    public void RecordsAcrossTheEndOfTheRing_AreContiguous()
    {
        using RequestRing requests = RequestRing.Create(4096, _host);
        InMemoryProgram program = _host.AsProgram();
        byte[] record = new byte[1000];
        for (int round = 0; round < 300; round++)
        {
            for (int i = 0; i < record.Length; i++)
                record[i] = (byte)(round + i);
            Assert.True(requests.TryWrite(record));
            Assert.Equal(
                1,
                program.DrainUserRing(
                    Ring,
                    seen => seen.SequenceEqual(record) ? InMemoryDrain.Continue : throw new InvalidOperationException("The record differs.")
                )
            );
        }
    }
}
