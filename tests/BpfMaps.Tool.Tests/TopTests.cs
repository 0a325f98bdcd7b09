using System.Globalization;
using System.Text.Json;

namespace BpfMaps.Tests;

/// <summary><c>top</c> shows maps and programs live on a terminal, and as lines elsewhere.</summary>
public sealed class TopTests : IDisposable
{
    private readonly LoadedMaps _maps = LoadedMaps.Load("programs.bpf.c");
    private readonly BpfLink _link;

    public TopTests() => _link = _maps.Object.GetProgram("count").Attach();

    public void Dispose()
    {
        _link.Dispose();
        _maps.Dispose();
    }

    [Fact]
    public async Task Keys_FilterSelectAndOpenMaps()
    {
        using TerminalSession terminal = new(140, 30, "top", "--interval", "0.3");
        await terminal.WaitForAsync("bpfmaps top ");
        terminal.Press("/");
        await terminal.WaitForAsync("Filter: _");
        terminal.Press([.. _maps.Id("calls").Select(static digit => digit.ToString()), "Enter"]);

        string[] screen = await terminal.WaitForAsync(lines =>
            lines.Length == 4 && Words(lines[2]) is [_, "PerCpuArray", "calls", "1", "1", "100.0%", ..]
        );
        Assert.Equal(["ID", "TYPE", "NAME", "ENTRIES", "MAX", "FILL", "MEMORY", "CHANGES/S↓", "PROCESSES"], Words(screen[1]));
        Assert.EndsWith($"({Environment.ProcessId})", screen[2].TrimEnd(), StringComparison.Ordinal);
        // The program counts every system call, also those of the tool.
        await terminal.WaitForAsync(lines => double.Parse(Words(lines[2])[^2], CultureInfo.InvariantCulture) > 0);

        terminal.Press("Enter");
        await terminal.WaitForAsync("map 'calls' (PerCpuArray");
        await terminal.WaitForAsync(lines => lines.Any(static line => Words(line) is ["0", _, ['(', '+', ..]]));
        terminal.Press("Escape");
        await terminal.WaitForAsync("PROCESSES");

        terminal.Press("q");
        await terminal.WaitForAsync("exit code 0");
    }

    [Fact]
    public async Task Programs_ShowEventsAndStatisticsAreEnabledMeanwhile()
    {
        using TerminalSession terminal = new(120, 24, "top", "--interval", "0.3");
        await terminal.WaitForAsync("bpfmaps top ");
        string id = _link.Info.ProgramId.ToString(CultureInfo.InvariantCulture);
        terminal.Press("Tab", "/");
        terminal.Press([.. id.Select(static digit => digit.ToString()), "Enter"]);

        string[] screen = await terminal.WaitForAsync(lines =>
            lines.Length == 4 && Words(lines[2]) is [var first, "RawTracepoint", "count", _, _, "ns" or "µs", ..] && first == id
        );

        Assert.Equal(["ID", "TYPE", "NAME", "EVENTS/S", "AVERAGE", "CPU↓", "PROCESSES"], Words(screen[1]));
        Assert.EndsWith($"({Environment.ProcessId})", screen[2].TrimEnd(), StringComparison.Ordinal);
        string descriptors = $"/proc/{terminal.ToolId}/fd";
        Assert.Contains(
            Directory.GetFiles(descriptors),
            static descriptor => File.ResolveLinkTarget(descriptor, false)?.FullName.EndsWith("bpf-stats", StringComparison.Ordinal) == true
        );
        terminal.Press("q");
        await terminal.WaitForAsync("exit code 0");
        Assert.False(Directory.Exists(descriptors));
    }

    [Fact]
    public async Task HistogramsOfAMap_AreDrawn()
    {
        _maps.Run("set", "times", "0", "slots=[0,0,5,10]", "--cpu", "0");
        using TerminalSession terminal = new(100, 24, "top", "--interval", "0.3");
        await terminal.WaitForAsync("bpfmaps top ");
        terminal.Press("/");
        terminal.Press([.. _maps.Id("times").Select(static digit => digit.ToString()), "Enter"]);
        await terminal.WaitForAsync(" times ");
        terminal.Press("Enter");

        string line = await terminal.WaitForAsync("8 - 15 ");
        Assert.Matches("^ *8 - 15  10  █{60}$", line.TrimEnd());
        Assert.Equal(0, await QuitAsync(terminal));
    }

    [Fact]
    public async Task Resizing_RedrawsTheScreen()
    {
        using TerminalSession terminal = new(140, 30, "top", "--interval", "0.3");
        await terminal.WaitForAsync("PROCESSES");

        terminal.Resize(60, 10);
        string[] small = await terminal.WaitForAsync(static lines =>
            lines.Length <= 10
            && lines[0].StartsWith("bpfmaps top ", StringComparison.Ordinal)
            && lines[^1].StartsWith("Tab programs", StringComparison.Ordinal)
        );
        Assert.All(small, static line => Assert.True(line.Length <= 60, line));
        terminal.Resize(150, 20);
        await terminal.WaitForAsync(static lines => lines[0].StartsWith("bpfmaps top ", StringComparison.Ordinal) && lines[0].Length > 60);

        Assert.Equal(0, await QuitAsync(terminal));
    }

    [Fact]
    public async Task SortKeys_MoveTheArrowAndReverseTheOrder()
    {
        using TerminalSession terminal = new(140, 30, "top", "--interval", "0.3");
        await terminal.WaitForAsync("CHANGES/S↓");
        terminal.Press("s");
        await terminal.WaitForAsync("PROCESSES↑");
        terminal.Press("s");
        await terminal.WaitForAsync("ID↓");
        terminal.Press("r");
        await terminal.WaitForAsync("ID↑");
        terminal.Press("S");
        await terminal.WaitForAsync("PROCESSES↑");
        terminal.Press("?");
        await terminal.WaitForAsync("Esc removes the filter");

        terminal.Press("Escape");
        await terminal.WaitForAsync("PROCESSES↑");
        Assert.Equal(0, await QuitAsync(terminal));
    }

    [Fact]
    public async Task CtrlC_RestoresTheTerminal()
    {
        using TerminalSession terminal = new(100, 20, "top");
        await terminal.WaitForAsync("bpfmaps top ");

        terminal.Press("C-c");

        string[] screen = await terminal.WaitForAsync(static lines => lines.Contains("exit code 0"));
        Assert.DoesNotContain(screen, static line => line.Contains("bpfmaps top", StringComparison.Ordinal));
    }

    [Fact]
    public void Json_HasOneDocumentPerRefresh()
    {
        (int exitCode, string output, string errors) = Programs.RunTool("top", "--json", "--count", "2", "--interval", "0.2");

        Assert.Equal((0, ""), (exitCode, errors));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        using JsonDocument json = JsonDocument.Parse(lines[1]);
        Assert.Equal(["time", "maps", "programs"], json.RootElement.EnumerateObject().Select(static property => property.Name));
        JsonElement map = Find(json.RootElement.GetProperty("maps"), _maps["calls"].Info.Id);
        Assert.Equal(
            ["id", "type", "name", "entries", "entriesArePart", "maxEntries", "memory", "changesPerSecond", "unreadBytes", "processes"],
            map.EnumerateObject().Select(static property => property.Name)
        );
        Assert.Equal(1, map.GetProperty("entries").GetInt32());
        Assert.True(map.GetProperty("changesPerSecond").GetDouble() > 0);
        JsonElement program = Find(json.RootElement.GetProperty("programs"), _link.Info.ProgramId);
        Assert.True(program.GetProperty("runsPerSecond").GetDouble() > 0);
        Assert.True(program.GetProperty("averageNanoseconds").GetDouble() > 0);
        Assert.True(program.GetProperty("cpuShare").GetDouble() > 0);
        Assert.Equal(JsonValueKind.Null, map.GetProperty("unreadBytes").ValueKind);
        // What has no entries, or entries that only the kernel knows, has no number of them.
        Assert.Equal(
            JsonValueKind.Null,
            Find(json.RootElement.GetProperty("maps"), _maps["events"].Info.Id).GetProperty("entries").ValueKind
        );
    }

    [Fact]
    public async Task RingBuffers_ShowWhatIsNotReadAndKeepIt()
    {
        // A record of 32 bytes with its header.
        const int Stride = 40;
        for (int record = 0; record < 51; record++)
            Assert.Equal(0, _maps.Object.GetProgram("to_ring").TestRun(contextIn: new byte[16]).ReturnValue);

        string table = Programs.RunTool("top", "--count", "1", "--interval", "0.05").Output;
        using JsonDocument json = JsonDocument.Parse(Programs.RunTool("top", "--json", "--count", "1", "--interval", "0.05").Output);

        string[] row = Words(table.Split('\n').First(line => Words(line) is [var id, ..] && id == _maps.Id("events")));
        Assert.Equal(["RingBuf", "events", "4096", "49.8%"], row[1..5]);
        JsonElement ring = Find(json.RootElement.GetProperty("maps"), _maps["events"].Info.Id);
        Assert.Equal(51 * Stride, ring.GetProperty("unreadBytes").GetInt32());
        using LiveTool tail = LiveTool.Start("tail", _maps.Id("events"), "--type", "event", "--count", "51");
        Assert.Equal("{ number: 0, kind: KIND_CLOSE, comm: \"ok\" }", await tail.ReadLineAsync());
        Assert.Equal(0, await tail.WaitAsync());
        Assert.Contains(" 0.0% ", Programs.RunTool("top", "--count", "1", "--interval", "0.05").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutATerminal_TablesAreWritten()
    {
        string output = Programs.RunTool("top", "--count", "1", "--interval", "0.2").Output;

        Assert.Contains("ENTRIES", output, StringComparison.Ordinal);
        Assert.Contains("EVENTS/S", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', output);
        string[] row = Words(output.Split('\n').First(line => Words(line) is [var id, ..] && id == _maps.Id("calls")));
        Assert.Equal(["PerCpuArray", "calls", "1", "1", "100.0%"], row[1..6]);
    }

    [Fact]
    public async Task RemovedMaps_AreNotKeptAlive()
    {
        using LiveTool top = LiveTool.Start("top", "--json", "--interval", "0.1");
        RawMap map = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Array,
                Name = "topgone",
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 1,
            }
        );
        uint id = map.Info.Id;
        string listed = string.Create(CultureInfo.InvariantCulture, $"{{\"id\":{id},\"type\":\"Array\",\"name\":\"topgone\"");
        while (!(await top.ReadLineAsync()).Contains(listed, StringComparison.Ordinal))
            continue;

        map.Dispose();

        while ((await top.ReadLineAsync()).Contains(listed, StringComparison.Ordinal))
            continue;
        Assert.DoesNotContain(RawMap.EnumerateLoaded(), info => info.Id == id);
        Assert.Equal(0, await top.InterruptAsync());
    }

    private static async Task<int> QuitAsync(TerminalSession terminal)
    {
        terminal.Press("q");
        string line = await terminal.WaitForAsync("exit code ");
        return int.Parse(line["exit code ".Length..], CultureInfo.InvariantCulture);
    }

    private static JsonElement Find(JsonElement items, uint id) =>
        items.EnumerateArray().Single(item => item.GetProperty("id").GetUInt32() == id);

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
