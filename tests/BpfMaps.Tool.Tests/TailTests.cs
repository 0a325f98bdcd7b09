using System.Runtime.InteropServices;
using System.Text.Json;

namespace BpfMaps.Tests;

/// <summary><c>tail</c> prints records, and does not take them from others without being told.</summary>
public sealed class TailTests : IDisposable
{
    private readonly LoadedMaps _maps = LoadedMaps.Load("programs.bpf.c");

    public void Dispose() => _maps.Dispose();

    [Fact]
    public async Task RecordsOfARing_ArePrintedWithTheirType()
    {
        Emit("to_ring", 1);
        using LiveTool tail = LiveTool.Start("tail", _maps.Id("events"), "--type", "event", "--count", "2");
        Assert.Equal("{ number: 1, kind: KIND_CLOSE, comm: \"ok\" }", await tail.ReadLineAsync());
        Emit("to_ring", 2);
        Assert.Equal("{ number: 2, kind: KIND_CLOSE, comm: \"ok\" }", await tail.ReadLineAsync());

        Assert.Equal(0, await tail.WaitAsync());
        Assert.Equal($"reading map 'events' (RingBuf, id {_maps.Id("events")})", await tail.ReadErrorAsync());
    }

    [Fact]
    public async Task JsonAndBytes_HaveOneRecordPerLine()
    {
        Emit("to_ring", 258);
        Emit("to_ring", 3);
        using LiveTool json = LiveTool.Start("tail", _maps.Id("events"), "--type", "struct event", "--json", "-n", "1");
        using JsonDocument record = JsonDocument.Parse(await json.ReadLineAsync());
        Assert.Equal(258, record.RootElement.GetProperty("number").GetInt32());
        Assert.Equal(0, await json.WaitAsync());

        using LiveTool bytes = LiveTool.Start("tail", _maps.Id("events"), "-n", "1");
        Assert.Equal($"0x0300000000000000020000006f6b{new string('0', 36)}", await bytes.ReadLineAsync());
        Assert.Equal(0, await bytes.WaitAsync());
    }

    [Fact]
    public async Task SamplesOfPerfBuffers_ArePrinted()
    {
        using LiveTool tail = LiveTool.Start("tail", _maps.Id("samples"), "--type", "event", "--count", "1");
        Assert.StartsWith("reading map 'samples'", await tail.ReadErrorAsync(), StringComparison.Ordinal);

        Emit("to_perf", 77);

        Assert.Equal("{ number: 77, kind: KIND_CLOSE, comm: \"ok\" }", await tail.ReadLineAsync());
        Assert.Equal(0, await tail.WaitAsync());
    }

    [Fact]
    public async Task CtrlC_EndsAWaitingCommand()
    {
        using LiveTool tail = LiveTool.Start("tail", _maps.Id("events"));
        await tail.ReadErrorAsync();

        Assert.Equal(0, await tail.InterruptAsync());
    }

    [Theory]
    [InlineData("events", "to_ring")]
    [InlineData("samples", "to_perf")]
    public async Task ReaderInAnotherProcess_KeepsItsRecords(string map, string program)
    {
        using LiveTool owner = LiveTool.Start("tail", _maps.Id(map), "--type", "event", "--count", "1");
        await owner.ReadErrorAsync();

        string refusal = _maps.Fail("tail", map, "--count", "1");
        Emit(program, 5);

        Assert.Matches($@"^map '{map}' \(\w+, id ID\) is read by dotnet\(\d+\), which would miss the records", refusal);
        Assert.Equal("{ number: 5, kind: KIND_CLOSE, comm: \"ok\" }", await owner.ReadLineAsync());
        Assert.Equal(0, await owner.WaitAsync());
    }

    [Fact]
    public void ProcessThatOnlyLooksAtTheRing_IsNoReader()
    {
        RawMap ring = _maps["events"];
        Assert.Equal(0, ring.Host.MapMemory(ring.Handle, (nuint)Environment.SystemPageSize, 0, writable: false, out SafeHandle? positions));
        using (positions)
            Assert.Equal("", _maps.RunWithErrors("tail", "events", "--seconds", "0.1").Output);
    }

    [Fact]
    public async Task Steal_ReadsInSpiteOfAReader()
    {
        using LiveTool owner = LiveTool.Start("tail", _maps.Id("events"), "--type", "event");
        await owner.ReadErrorAsync();

        Assert.Equal("", _maps.RunWithErrors("tail", "events", "--steal", "--seconds", "0.1").Output);

        Assert.Equal(0, await owner.InterruptAsync());
    }

    [Theory]
    [InlineData(
        "no program that uses map 'events' (RingBuf, id ID) has a type 'nothing' in its BTF; name a file that has it with --types",
        "events",
        "--type",
        "nothing"
    )]
    [InlineData("map 'calls' (PerCpuArray, id ID) has no records; 'bpfmaps watch' shows changes of its entries", "calls")]
    public void WrongArguments_AreExplained(string expected, string map, params string[] options) =>
        Assert.Equal(expected, _maps.Fail("tail", map, options));

    private void Emit(string program, ulong number)
    {
        byte[] context = new byte[16];
        BitConverter.TryWriteBytes(context, number);
        Assert.Equal(0, _maps.Object.GetProgram(program).TestRun(contextIn: context).ReturnValue);
    }
}
