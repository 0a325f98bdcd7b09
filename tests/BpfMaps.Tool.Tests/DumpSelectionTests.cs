using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary><c>dump</c> selects, sorts and formats entries.</summary>
public sealed class DumpSelectionTests : IDisposable
{
    private readonly LoadedMaps _maps = LoadedMaps.Load();

    public DumpSelectionTests()
    {
        Add("10.0.0.1", 443, packets: 10, bytes: 5000, "STATE_OPEN", "curl", "fd00::1");
        Add("10.0.0.2", 53, packets: 3, bytes: 180, "STATE_NEW", "dns, \"x\"", "::1");
        Add("192.168.1.9", 443, packets: 0, bytes: 0, "STATE_CLOSED", "kworker/0", "fe80::2");
        Add("10.200.0.3", 8080, packets: 1, bytes: 60, "5", "", "1.2.3.4");
    }

    public void Dispose() => _maps.Dispose();

    [Theory]
    [InlineData("443 443", "port == 443")]
    [InlineData("443", "bytes > 1000 && port == 443")]
    [InlineData("53 443 443", "port == 53 || key.port == 0x1bb")]
    [InlineData("53 8080", "!(port == 443)")]
    [InlineData("443", "state == STATE_OPEN")]
    [InlineData("443 443", "state == state_open || state == 'STATE_CLOSED'")]
    [InlineData("8080", "state == 5")]
    [InlineData("443", "state >= STATE_OPEN && port < 8080 && comm == 'curl'")]
    [InlineData("443", "comm ~ '^kworker/[0-9]'")]
    [InlineData("8080", "comm == ''")]
    [InlineData("53 443 8080", "address in 10.0.0.0/8")]
    [InlineData("53 443", "address in 10.0.0.0/9")]
    [InlineData("53", "address == 10.0.0.2")]
    [InlineData("53 443", "address < 10.200.0.3")]
    [InlineData("443 443", "peer in fc00::/6 || peer in fe80::/10")]
    [InlineData("53", "peer == ::1")]
    [InlineData("443", "bytes / packets >= 100.5")]
    [InlineData("443 443 8080", "bytes / packets != 60 || packets == 1")]
    [InlineData("443 8080", "packets * 2 + 1 == 3 || packets - 10 == 0")]
    [InlineData("53 443", "packets & 2")]
    [InlineData("53 8080", "packets & 1 == 1")]
    [InlineData("53", "packets << 1 == 6 && packets % 2 == 1")]
    [InlineData("8080", "slots[0] == -packets + 1 && port > 443")]
    [InlineData("443", "place.y == -10")]
    public void Where_SelectsEntries(string ports, string condition) =>
        Assert.Equal(ports, string.Join(' ', Rows("--where", condition).Select(static row => int.Parse(row[1], null)).Order()));

    [Theory]
    [InlineData("443 53 8080 443", "--sort", "packets:desc")]
    [InlineData("443 8080 53 443", "--sort", "bytes")]
    [InlineData("443 53", "--sort", "bytes", "--top", "2")]
    [InlineData("53 8080", "--sort", "bytes * packets", "--top", "2", "--where", "bytes < 1000 && bytes > 0")]
    [InlineData("443 53 8080 443", "--sort", "address")]
    [InlineData("443 443 8080 53", "--sort", "peer:desc")]
    [InlineData("443 443", "--sort", "comm:desc", "--where", "port == 443")]
    public void SortAndTop_OrderEntries(string ports, params string[] options) =>
        Assert.Equal(ports, string.Join(' ', Rows(options).Select(static row => row[1])));

    [Fact]
    public void Csv_QuotesCells()
    {
        string[] lines = _maps.Run("dump", "flows", "--format", "csv", "--where", "port == 53").Split("\r\n");

        Assert.Equal(
            "address,port,packets,bytes,state,comm,is_local,flags,level,delta,peer,mac,slots,(unnamed 1),x,y,packed_tail",
            lines[0]
        );
        Assert.Equal(
            "10.0.0.2,53,3,180,STATE_NEW,\"dns, \"\"x\"\"\",false,0,0,0,::1,00:00:00:00:00:00,\"[ 0, 0, 0, 0, 0 ]\","
                + "\"{ mark: 0, mark_bytes: [ 0, 0, 0, 0 ] }\",0,-3,0",
            lines[1]
        );
        Assert.Equal("", lines[2]);
    }

    [Fact]
    public void Table_HasAColumnForEachField()
    {
        string[] lines = _maps.Run("dump", "flows", "-f", "table", "--sort", "bytes", "--top", "1").Split('\n');

        Assert.StartsWith("ADDRESS   PORT  PACKETS  BYTES  STATE       COMM", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("10.0.0.1   443       10   5000  STATE_OPEN  \"curl\"", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("ADDRESS  PORT", _maps.Run("dump", "flows", "-f", "table", "--where", "port == 1"), StringComparison.Ordinal);
    }

    [Fact]
    public void PerCpuValues_AreTotalsUnlessEachIsRequested()
    {
        _maps.Run("set", "counters", "7", "hits=2", "load=0.25", "name=n", "--all-cpus");
        int cpus = BpfHost.Kernel.PossibleCpus.Length;

        Assert.Equal(
            FormattableString.Invariant($"7 -> {{ hits: {2 * cpus}, load: {0.25 * cpus}, name: \"n\" }}\n1 element\n"),
            _maps.Run("dump", "counters")
        );
        Assert.StartsWith("7 -> [ { cpu: 0, value: { hits: 2,", _maps.Run("dump", "counters", "--per-cpu"), StringComparison.Ordinal);
        string[] table = _maps.Run("dump", "counters", "--per-cpu", "-f", "table").TrimEnd('\n').Split('\n');
        Assert.Equal("CPU  KEY  HITS  LOAD  NAME", table[0]);
        Assert.Equal(cpus + 1, table.Length);
        Assert.Equal("1 element", _maps.Run("dump", "counters", "--where", $"hits == {2 * cpus}").Split('\n')[1]);
    }

    [Theory]
    [InlineData("the expression ends too early (position 8 of 'bytes >')", "bytes >")]
    [InlineData("a ')' is missing (position 11 of '(bytes > 1')", "(bytes > 1")]
    [InlineData("'bytes ? 1' has '?' at position 7, which is no part of an expression", "bytes ? 1")]
    [InlineData("'slots' is an array and cannot be compared; name an element, such as slots[0]", "slots == 1")]
    [InlineData("'place' is a struct and cannot be compared; name a field, such as place.x", "place == 1")]
    [InlineData("'comm' (a text) cannot be compared with '5' (a number) (position 10 of 'comm == 5')", "comm == 5")]
    [InlineData("'+' needs numbers, but 'comm' is a text (position 10 of 'comm + 1 == 2')", "comm + 1 == 2")]
    [InlineData("'address in' needs an address and a network such as 10.0.0.0/8", "address in 10.0.0.0/33")]
    [InlineData(
        "state: 'STATE_X' is not valid for enum state; expected a number or one of STATE_NEW, STATE_OPEN, STATE_CLOSED",
        "state == STATE_X"
    )]
    [InlineData("'comm' (a text) is not a condition; compare it with something", "comm")]
    public void WrongConditions_AreExplained(string expected, string condition) =>
        Assert.StartsWith(expected, _maps.Fail("dump", "flows", "--where", condition), StringComparison.Ordinal);

    [Fact]
    public void MillionEntries_StreamInBoundedMemory()
    {
        Require.Kernel();
        const int Count = 1_000_000;
        const int Chunk = 50_000;
        using RawMap map = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Hash,
                Name = "toolmillion",
                KeySize = 4,
                ValueSize = 8,
                MaxEntries = Count,
            }
        );
        for (int first = 0; first < Count; first += Chunk)
        {
            int[] keys = [.. Enumerable.Range(first, Chunk)];
            long[] values = [.. keys.Select(static key => (long)key)];
            map.UpdateBatch(MemoryMarshal.AsBytes<int>(keys), MemoryMarshal.AsBytes<long>(values), out int written);
            Assert.Equal(Chunk, written);
        }

        string id = map.Info.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        // The limit is that of the heap of .NET: 24 MiB, less than all entries as text.
        string output = Processes.Run(
            "bash",
            "-c",
            $"export DOTNET_GCHeapHardLimit=0x1800000; dotnet {Programs.Tool} dump {id} | tail -1; dotnet {Programs.Tool} dump {id} --json | wc -l"
        );

        Assert.Equal($"{Count} elements\n{(4 * Count) + 2}\n", output);
        // Standard error is a terminal here, and the reader of standard output makes the dump last.
        string terminal = Processes.Run("script", "-qec", $"dotnet {Programs.Tool} dump {id} | (sleep 2; cat >/dev/null)", "/dev/null");
        Assert.Matches(@"\r[0-9,]+ of at most 1,000,000 entries read, [0-9,]+ a second\x1b\[K", terminal);
        Assert.Contains("\r\u001b[K", terminal, StringComparison.Ordinal);
    }

    private void Add(string address, int port, ulong packets, ulong bytes, string state, string comm, string peer) =>
        _maps.Run(
            "set",
            "flows",
            $"address={address}",
            FormattableString.Invariant($"port={port}"),
            FormattableString.Invariant($"packets={packets}"),
            FormattableString.Invariant($"bytes={bytes}"),
            $"state={state}",
            $"comm={comm}",
            $"peer={peer}",
            FormattableString.Invariant($"place.y=-{packets}")
        );

    /// <summary>Dumps flows as CSV and returns the cells without the header. No cell of these tests has a comma before the port.</summary>
    private string[][] Rows(params string[] options) =>
        [
            .. _maps
                .Run("dump", "flows", ["--format", "csv", .. options])
                .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(static line => line.Split(',')),
        ];
}
