using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Tests of the commands of bpfmaps, run as a user runs them.</summary>
public sealed class ToolTests
{
    private static readonly string s_object = Programs.SampleFile("SyscallTop/bpf/syscalls.bpf.o");

    [Fact]
    public void Layout_IsWrittenToStandardOutputOrToAFile()
    {
        string file = Path.GetTempFileName();

        (int exitCode, string output, _) = Programs.RunTool("layout", s_object);
        Programs.RunTool("layout", s_object, "-o", file);

        Assert.Equal(0, exitCode);
        Assert.StartsWith("bpf-layout 1\n", output, StringComparison.Ordinal);
        Assert.Equal(output, File.ReadAllText(file));
        File.Delete(file);
    }

    [Fact]
    public void Help_SaysHowToRunTheToolWithPrivileges()
    {
        string output = Programs.RunTool("--help").Output;

        Assert.Contains("sudo env \"PATH=$PATH\" bpfmaps list", output, StringComparison.Ordinal);
        Assert.Contains("--tool-path /usr/local/bin", output, StringComparison.Ordinal);
    }

    [Fact]
    public void ShowOfAnObject_PrintsKeysAndValuesWithOffsets()
    {
        string output = Programs.RunTool("show", s_object).Output;

        Assert.Contains("map 'calls' (PerCpuHash): key 8 bytes, value 16 bytes, max_entries 16384", output, StringComparison.Ordinal);
        Assert.Matches(@"@8 +8  nanoseconds", output);
        Assert.Contains("program on_enter in raw_tp/sys_enter", output, StringComparison.Ordinal);
    }

    [Fact]
    public void ShowAsJson_HasTheFieldsWithTheirOffsets()
    {
        using JsonDocument json = JsonDocument.Parse(Programs.RunTool("show", s_object, "--json").Output);

        JsonElement map = json
            .RootElement.GetProperty("maps")
            .EnumerateArray()
            .Single(item => item.GetProperty("name").ValueEquals("calls"));
        Assert.Equal(
            ["type", "name", "keySize", "valueSize", "maxEntries", "flags", "pinnedByName", "key", "value", "variables", "problems"],
            map.EnumerateObject().Select(static property => property.Name)
        );
        JsonElement field = map.GetProperty("value").GetProperty("fields")[1];
        Assert.Equal(
            "{\"name\":\"nanoseconds\",\"offset\":8,\"size\":8,\"type\":\"__u64\",\"count\":null,\"bits\":null,\"fields\":[]}",
            JsonSerializer.Serialize(field)
        );
        Assert.Contains(
            json.RootElement.GetProperty("programs").EnumerateArray(),
            static program =>
                program.GetProperty("name").ValueEquals("on_enter") && program.GetProperty("section").ValueEquals("raw_tp/sys_enter")
        );
    }

    [Fact]
    public void ListAndDump_ShowALoadedMap()
    {
        using PinDirectory pins = Require.BpfFs();
        using RawMap map = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Hash,
                Name = "tooltest",
                KeySize = 4,
                ValueSize = 2,
                MaxEntries = 4,
            }
        );
        int key = 7;
        map.Update(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in key)), [0xab, 0xcd]);
        map.Pin(pins["shown"]);
        string id = map.Info.Id.ToString(CultureInfo.InvariantCulture);

        string line = Programs.RunTool("list").Output.Split('\n').Single(row => row.Contains(pins["shown"], StringComparison.Ordinal));
        Assert.Equal([id, "Hash", "tooltest", "4", "2", "4"], line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..6]);

        foreach (string target in new[] { id, pins["shown"], "tooltest" })
            Assert.Equal("0x07000000 -> 0xabcd\n1 element\n", Programs.RunTool("dump", target).Output);
        using JsonDocument json = JsonDocument.Parse(Programs.RunTool("dump", id, "--json").Output);
        Assert.Equal("0xabcd", json.RootElement[0].GetProperty("value").GetString());
        using JsonDocument shown = JsonDocument.Parse(Programs.RunTool("show", id, "--json").Output);
        Assert.Equal(
            ["id", "type", "name", "keySize", "valueSize", "maxEntries", "flags", "memory", "frozen", "key", "value"],
            shown.RootElement.EnumerateObject().Select(static property => property.Name)
        );
        Assert.Equal(JsonValueKind.Null, shown.RootElement.GetProperty("value").ValueKind);
        Assert.Contains("no types (BTF)", Programs.RunTool("show", id).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void DumpOfAPerCpuMap_ShowsEveryPossibleCpu()
    {
        Require.Kernel();
        using RawMap map = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.PerCpuArray,
                Name = "toolpercpu",
                KeySize = 4,
                ValueSize = 8,
                MaxEntries = 1,
            }
        );

        using JsonDocument json = JsonDocument.Parse(
            Programs.RunTool("dump", map.Info.Id.ToString(CultureInfo.InvariantCulture), "--json", "--per-cpu").Output
        );

        Assert.Equal(BpfHost.Kernel.PossibleCpus.Length, json.RootElement[0].GetProperty("values").GetArrayLength());
    }

    [Fact]
    public void Dump_ShowsNumbersInNetworkOrder()
    {
        Require.Kernel();
        BpfMapSchema schema = new()
        {
            Type = BpfMapType.Hash,
            Name = "toolnetwork",
            Key = BpfTypeLayout.Scalar("__be32", BpfTypeKind.Unsigned, 4),
            Value = BpfTypeLayout.Struct(
                "ports",
                16,
                8,
                new("port", 0, BpfTypeLayout.Scalar("__be16", BpfTypeKind.Unsigned, 2)),
                new("cookie", 8, BpfTypeLayout.Scalar("__be64", BpfTypeKind.Unsigned, 8))
            ),
        };
        using RawMap map = schema.Create(1, BpfHost.Kernel);
        map.Update([10, 0, 0, 1], [0, 53, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);

        Assert.Equal(
            "\"10.0.0.1\" -> { port: 53, cookie: 256 }\n1 element\n",
            Programs.RunTool("dump", map.Info.Id.ToString(CultureInfo.InvariantCulture)).Output
        );
    }

    [Fact]
    public void EmptyMap_IsAnEmptyJsonArray()
    {
        Require.Kernel();
        using RawMap map = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Hash,
                Name = "toolempty",
                KeySize = 4,
                ValueSize = 8,
                MaxEntries = 1,
            }
        );

        Assert.Equal("[]\n", Programs.RunTool("dump", map.Info.Id.ToString(CultureInfo.InvariantCulture), "--json").Output);
    }

    [Theory]
    [InlineData(1, "bpfmaps: no loaded map is named 'nosuchmap'", "dump", "nosuchmap")]
    [InlineData(1, "bpfmaps: ", "show", "/nowhere/x.bpf.o")]
    [InlineData(1, "Nothing is pinned at", "dump", "/sys/fs/bpf/nothing_here")]
    [InlineData(2, "Required argument missing", "dump")]
    [InlineData(2, "", "no-such-command")]
    public void Failure_PrintsOneSentenceAndSetsTheExitCode(int expected, string sentence, params string[] arguments)
    {
        using PinDirectory pins = Require.BpfFs();

        (int exitCode, _, string errors) = Programs.RunTool(arguments);

        Assert.Equal(expected, exitCode);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }
}
