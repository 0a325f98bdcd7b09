using System.Globalization;

namespace BpfMaps.Tests;

/// <summary>Maps that the kernel has no types for get them from an object, a <c>.layout</c> file or an assembly.</summary>
public sealed class TypeFileTests : IDisposable
{
    private const string Peers = "typed_counts_of_peers";

    private static readonly string s_assembly = typeof(TypedCounts).Assembly.Location;

    private readonly PinDirectory _pins = Require.BpfFs();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bpfmaps_types_");

    public void Dispose()
    {
        _pins.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("types.o")]
    [InlineData("types.layout")]
    public void ObjectsAndLayouts_HaveTheFieldsOfEveryKind(string file)
    {
        using LoadedMaps typed = LoadedMaps.Load();
        string pin = Create("hash", typed["flows"].KeySize, typed["flows"].ValueSize, "flows");
        string[] types = ["--types", Write(file)];
        string[] entry =
        [
            "address=10.0.0.1",
            "port=443",
            "packets=5",
            "state=STATE_OPEN",
            "comm=bash",
            "is_local=true",
            "flags=5",
            "level=31",
            "delta=-3",
            "peer=fd00::1",
            "slots=[1,2]",
            "mark=16909060",
            "place.y=-1",
        ];

        Assert.Equal(typed.Run("set", "flows", entry), Run("set", [pin, .. entry, .. types]));
        Assert.Equal(typed.Run("dump", "flows", "--json"), Run("dump", [pin, "--json", .. types]));
        // A .layout file has the sizes of numbers, and names only if they say more.
        Assert.Equal(
            typed.Run("show", "flows").Replace("_Bool", "bool", StringComparison.Ordinal).Split('\n')[1..],
            Run("show", [pin, .. types]).Replace("_Bool", "bool", StringComparison.Ordinal).Split('\n')[1..]
        );
        Assert.Equal("1 element\n", Lines(Run("dump", [pin, "--where", "state == STATE_OPEN && level > 30", .. types]))[^1]);
        Assert.StartsWith("removed {", Run("delete", [pin, "address=10.0.0.1", "port=443", .. types]), StringComparison.Ordinal);
        // Without the file, there are only bytes.
        Assert.StartsWith(
            "bpfmaps: map 'flows' (Hash, id ",
            Programs.RunTool("set", pin, "address=10.0.0.1", "port=443", "packets=1").Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Assemblies_HaveTheNamesOfTheirFields()
    {
        string pin = Create("hash", 4, 8, Peers[..15]);

        Assert.Equal("added \"10.0.0.1\" -> { Packets: 7, Drops: 0 }\n", Run("set", pin, "10.0.0.1", "Packets=7", "--types", s_assembly));
        Assert.Equal("\"10.0.0.1\" -> { Packets: 7, Drops: 0 }\n", Run("get", pin, "10.0.0.1", "--types", s_assembly));
        Assert.Equal("0x0a000001 -> 0x0700000000000000\n1 element\n", Run("dump", pin));
    }

    [Fact]
    public async Task HistogramsAndChanges_HaveTheFieldsOfTheFile()
    {
        string pin = Create("array", 4, 24, "latency");
        string file = Path.Combine(_folder.FullName, "latency.layout");
        await File.WriteAllTextAsync(
            file,
            "bpf-layout 1\nobject byte-order=little\nmap latency type=Array key=u32 key-size=4 value=struct:latency value-size=24\n"
                + "type struct:latency size=24 align=8\n  field 0 u64 calls\n  field 8 u32[4] slots\n",
            TestContext.Current.CancellationToken
        );
        using LiveTool watch = LiveTool.Start("watch", pin, "--types", file, "--changes", "1", "--interval", "0.1");
        Assert.StartsWith("watching map 'latency'", await watch.ReadLineAsync(), StringComparison.Ordinal);

        Run("set", pin, "3", "slots=[0,0,4,2]", "--types", file);

        Assert.Matches(@"^~ 3 -> slots\[2\]: 0 => 4 \(\+.*/s\), slots\[3\]: 0 => 2 ", await watch.ReadLineAsync());
        Assert.Equal(0, await watch.WaitAsync());
        Assert.Equal(
            "3\n 4 - 7  4  ████████████████████████████████████████\n8 - 15  2  ████████████████████\n",
            Run("hist", pin, "--types", file)
        );
    }

    [Fact]
    public void OtherNames_AreGivenWithAs()
    {
        string pin = Create("hash", 4, 8, "elsewhere");

        Assert.Matches($"^'.*' has no map 'elsewhere'; name one of its maps with --as: {Peers}$", Fail("dump", pin, "--types", s_assembly));
        Assert.Equal("0 elements\n", Run("dump", pin, "--types", s_assembly, "--as", Peers));
        Assert.Equal(2, Programs.RunTool("dump", pin, "--as", Peers).ExitCode);
    }

    [Fact]
    public void OtherSizes_AreStated()
    {
        string keys = Create("hash", 8, 8, "wide_keys");
        string values = Create("hash", 4, 16, "wide_values");

        Assert.Matches(
            "^map 'wide_keys' \\(Hash, id \\d+\\) has keys of 8 bytes, but '__be32' in '.*' has 4 bytes$",
            Fail("get", keys, "1", "--types", s_assembly, "--as", Peers)
        );
        Assert.Matches(
            "^map 'wide_values' \\(Hash, id \\d+\\) has values of 16 bytes, but 'Counts' in '.*' has 8 bytes$",
            Fail("set", values, "10.0.0.1", "Packets=1", "--types", s_assembly, "--as", Peers)
        );
    }

    [Fact]
    public void OtherFiles_AreExplained()
    {
        string pin = Create("hash", 4, 8, "elsewhere");
        string text = Path.Combine(_folder.FullName, "notes.txt");
        File.WriteAllText(text, "notes\n");

        Assert.Matches(
            "^'.*notes.txt' is not an object, a .layout file or an assembly: expected 'bpf-layout 1', found 'notes'.*\\(line 1\\)$",
            Fail("dump", pin, "--types", text)
        );
        File.WriteAllText(text, "MZ is how programs of Windows begin");
        Assert.Matches("^the assembly '.*notes.txt' cannot be loaded: ", Fail("dump", pin, "--types", text));
        File.WriteAllText(text, "bpf-layout 1\nobject byte-order=big\nmap elsewhere type=Hash key=u32 key-size=4 value=u64 value-size=8\n");
        Assert.Matches(
            "^'.*notes.txt' describes an object for big-endian machines, which this one is not$",
            Fail("dump", pin, "--types", text)
        );
    }

    [Fact]
    public async Task RecordsOfARing_HaveTheTypeOfTheFile()
    {
        string file = Path.Combine(_folder.FullName, "ring.layout");
        File.WriteAllText(
            file,
            "bpf-layout 1\nobject byte-order=little\nmap events type=RingBuf key-size=0 value=struct:event value-size=12\n"
                + "type struct:event size=12 align=4\n  field 0 u64 number\n  field 8 enum:kind kind\n"
                + "type struct:short size=4 align=4\n  field 0 u32 low\ntype enum:kind base=u32\n  value SHUT 2\n"
        );
        using LoadedMaps maps = LoadedMaps.Load("programs.bpf.c");
        byte[] context = new byte[16];
        context[0] = 9;
        Assert.Equal(0, maps.Object.GetProgram("to_ring").TestRun(contextIn: context).ReturnValue);
        Assert.Equal(0, maps.Object.GetProgram("to_ring").TestRun(contextIn: context).ReturnValue);

        using LiveTool whole = LiveTool.Start("tail", maps.Id("events"), "--types", file, "-n", "1");
        Assert.StartsWith("{ number: 9, kind: SHUT } 0x6f6b", await whole.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await whole.WaitAsync());
        using LiveTool named = LiveTool.Start("tail", maps.Id("events"), "--types", file, "--type", "short", "-n", "1");
        Assert.StartsWith("{ low: 9 } 0x", await named.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await named.WaitAsync());
    }

    /// <summary>Writes the object of maps.bpf.c, or its description.</summary>
    private string Write(string name)
    {
        string path = Path.Combine(_folder.FullName, "types.o");
        File.WriteAllBytes(path, Require.Clang().Compile(Path.Combine(AppContext.BaseDirectory, "Sources", "maps.bpf.c")));
        string file = Path.Combine(_folder.FullName, name);
        if (name.EndsWith(".layout", StringComparison.Ordinal))
            Run("layout", path, "--output", file);
        return file;
    }

    /// <summary>Creates a map without types.</summary>
    /// <returns>Its pin.</returns>
    private string Create(string type, int key, int value, string name)
    {
        string pin = _pins[name];
        string Text(int size) => size.ToString(CultureInfo.InvariantCulture);
        Require.BpfTool().Run("map", "create", pin, "type", type, "key", Text(key), "value", Text(value), "entries", "16", "name", name);
        return pin;
    }

    private static string Run(string command, params string[] arguments)
    {
        (int exitCode, string output, string errors) = Programs.RunTool([command, .. arguments]);
        Assert.True(exitCode == 0 && errors.Length == 0, $"exit code {exitCode}: {errors}{output}");
        return output;
    }

    private static string Fail(string command, params string[] arguments)
    {
        (int exitCode, string output, string errors) = Programs.RunTool([command, .. arguments]);
        Assert.Equal((1, ""), (exitCode, output));
        return errors["bpfmaps: ".Length..].TrimEnd('\n');
    }

    private static string[] Lines(string text) => [.. text.TrimEnd('\n').Split('\n').Select(static line => line + "\n")];
}
