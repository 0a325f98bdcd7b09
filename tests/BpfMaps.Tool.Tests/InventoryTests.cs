using System.Globalization;
using System.Text.Json;

namespace BpfMaps.Tests;

/// <summary><c>list</c>, <c>progs</c>, <c>links</c> and <c>features</c> show what is loaded and what can be loaded.</summary>
public sealed class InventoryTests : IDisposable
{
    private readonly LoadedMaps _maps = LoadedMaps.Load("programs.bpf.c");

    public void Dispose() => _maps.Dispose();

    [Fact]
    public void ProgramsAndLinks_AreListedWithTheirProcessesMapsAndPins()
    {
        using PinDirectory pins = Require.BpfFs();
        BpfObjectProgram count = _maps.Object.GetProgram("count");
        using BpfLink link = count.Attach();
        link.Pin(pins["link"]);
        string linkId = link.Info.Id.ToString(CultureInfo.InvariantCulture);
        string programId = link.Info.ProgramId.ToString(CultureInfo.InvariantCulture);
        string self = $"({Environment.ProcessId})";

        string[] program = Row(Programs.RunTool("progs").Output, programId);
        string[] attached = Row(Programs.RunTool("links").Output, linkId);

        Assert.Equal([programId, "RawTracepoint", "count", _maps.Id("calls"), linkId], program[..5]);
        Assert.Contains(program, word => word.EndsWith(self, StringComparison.Ordinal));
        Assert.Equal([linkId, "RawTracepoint", "sys_enter", "count", $"({programId})"], attached[..5]);
        Assert.EndsWith(self, attached[5], StringComparison.Ordinal);
        Assert.Equal(pins["link"], attached[6]);

        JsonElement json = Find(Programs.RunTool("progs", "--json").Output, link.Info.ProgramId);
        Assert.Equal(
            ["id", "type", "name", "tag", "loaded", "user", "runs", "nanoseconds", "maps", "links", "pins", "processes"],
            json.EnumerateObject().Select(static property => property.Name)
        );
        Assert.Equal(Environment.ProcessId, json.GetProperty("processes")[0].GetProperty("pid").GetInt32());
        JsonElement linkJson = Find(Programs.RunTool("links", "--json").Output, link.Info.Id);
        Assert.Equal(
            ["id", "type", "attachType", "target", "detached", "program", "programName", "map", "cookie", "pins", "processes"],
            linkJson.EnumerateObject().Select(static property => property.Name)
        );
        Assert.Equal("count", linkJson.GetProperty("programName").GetString());
    }

    [Fact]
    public void ListAsJson_HasTheSameFieldsForEachMap()
    {
        JsonElement json = Find(Programs.RunTool("list", "--json").Output, _maps["times"].Info.Id);

        Assert.Equal(
            ["id", "type", "name", "keySize", "valueSize", "maxEntries", "flags", "memory", "frozen", "types", "pins", "processes"],
            json.EnumerateObject().Select(static property => property.Name)
        );
        Assert.Equal(
            ("PerCpuArray", "times", 56),
            (json.GetProperty("type").GetString(), json.GetProperty("name").GetString(), json.GetProperty("valueSize").GetInt32())
        );
        Assert.True(json.GetProperty("types").GetBoolean());
        Assert.Equal(Environment.ProcessId, json.GetProperty("processes")[0].GetProperty("pid").GetInt32());
    }

    [Fact]
    public void Features_AreThoseOfTheKernel()
    {
        string text = Programs.RunTool("features").Output;
        using JsonDocument json = JsonDocument.Parse(Programs.RunTool("features", "--json").Output);

        Assert.Contains($"Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()} ", text, StringComparison.Ordinal);
        JsonElement[] types =
        [
            .. json.RootElement.EnumerateArray().Where(static feature => feature.GetProperty("group").GetString() == "Map types"),
        ];
        Assert.Equal(Enum.GetValues<BpfMapType>().Count(static type => type != default), types.Length);
        Assert.All(
            types,
            static type =>
                Assert.Equal(
                    BpfHost.Kernel.SupportsMapType(Enum.Parse<BpfMapType>(type.GetProperty("name").GetString()!)),
                    type.GetProperty("available").GetBoolean()
                )
        );
        Assert.True(BpfProgram.SupportsType(BpfProgramType.RawTracepoint));
        Assert.True(BpfProgram.SupportsType(BpfProgramType.Tracing));
        Assert.False(BpfProgram.SupportsType((BpfProgramType)999));
    }

    [Fact]
    public void ProgramTypes_AreThoseThatBpftoolFinds()
    {
        BpfTool bpftool = Require.BpfTool();
        using JsonDocument json = JsonDocument.Parse(bpftool.Run("-j", "feature", "probe", "kernel"));
        JsonElement types = json.RootElement.GetProperty("program_types");
        Dictionary<string, BpfProgramType> names = new()
        {
            ["have_socket_filter_prog_type"] = BpfProgramType.SocketFilter,
            ["have_kprobe_prog_type"] = BpfProgramType.Kprobe,
            ["have_xdp_prog_type"] = BpfProgramType.Xdp,
            ["have_lirc_mode2_prog_type"] = BpfProgramType.LircMode2,
            ["have_struct_ops_prog_type"] = BpfProgramType.StructOps,
            ["have_ext_prog_type"] = BpfProgramType.Extension,
            ["have_lsm_prog_type"] = BpfProgramType.Lsm,
            ["have_sk_lookup_prog_type"] = BpfProgramType.SkLookup,
            ["have_syscall_prog_type"] = BpfProgramType.Syscall,
        };

        Assert.All(names, pair => Assert.Equal(types.GetProperty(pair.Key).GetBoolean(), BpfProgram.SupportsType(pair.Value)));
    }

    private static string[] Row(string table, string id) =>
        table
            .Split('\n')
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Single(words => words.Length > 0 && words[0] == id);

    private static JsonElement Find(string output, uint id)
    {
        using JsonDocument json = JsonDocument.Parse(output);
        return json.RootElement.EnumerateArray().Single(item => item.GetProperty("id").GetUInt32() == id).Clone();
    }
}
