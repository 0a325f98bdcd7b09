using System.Text.Json;

namespace BpfMaps.Tests;

/// <summary><c>get</c>, <c>set</c>, <c>delete</c> and <c>clear</c> take entries as people write them, and say what they did.</summary>
public sealed class EntryCommandTests : IDisposable
{
    private const string EmptyFlow =
        "state: 0, comm: \"\", is_local: false, flags: 0, level: 0, delta: 0, peer: \"::\", mac: \"00:00:00:00:00:00\", "
        + "slots: [ 0, 0, 0, 0, 0 ], (unnamed 1): { mark: 0, mark_bytes: [ 0, 0, 0, 0 ] }, place: { x: 0, y: 0 }, packed_tail: 0 }";

    private readonly LoadedMaps _maps = LoadedMaps.Load();

    public void Dispose() => _maps.Dispose();

    [Fact]
    public void Set_AddsAnEntryAndThenChangesTheNamedFieldsOnly()
    {
        Assert.Equal(
            "added { address: \"10.0.0.1\", port: 443, padding: 0 } -> { packets: 1, bytes: 2, " + EmptyFlow + "\n",
            _maps.Run("set", "flows", "address=10.0.0.1", "port=443", "packets=1", "bytes=2")
        );
        Assert.StartsWith(
            "changed { address: \"10.0.0.1\", port: 443, padding: 0 } -> { packets: 5, bytes: 2, ",
            _maps.Run("set", "flows", "address=10.0.0.1", "port=443", "packets=5"),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "{ address: \"10.0.0.1\", port: 443, padding: 0 } -> { packets: 5, bytes: 2, ",
            _maps.Run("get", "flows", "address=10.0.0.1", "port=443"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void EveryFormOfAField_IsTakenAsItIsPrinted()
    {
        string set = _maps.Run(
            "set",
            "flows",
            "address=192.168.0.7",
            "port=0x35",
            "packets=1_000",
            "state=STATE_OPEN",
            "comm=na\\xffme",
            "is_local=true",
            "flags=5",
            "level=31",
            "delta=-3",
            "peer=fd00::1",
            "mac=02:00:00:00:00:0a",
            "slots=[1,2]",
            "slots[4]=9",
            "mark=0x01020304",
            "place.y=-1",
            "place.x=4294967295"
        );

        Assert.Equal(
            "added { address: \"192.168.0.7\", port: 53, padding: 0 } -> { packets: 1000, bytes: 0, state: STATE_OPEN, comm: \"na\\xffme\", "
                + "is_local: true, flags: 5, level: 31, delta: -3, peer: \"fd00::1\", mac: \"02:00:00:00:00:0a\", slots: [ 1, 2, 0, 0, 9 ], "
                + "(unnamed 1): { mark: 16909060, mark_bytes: [ 4, 3, 2, 1 ] }, place: { x: 4294967295, y: -1 }, packed_tail: 0 }\n",
            set
        );
    }

    [Fact]
    public void JsonOfDump_IsTakenBackBySet()
    {
        _maps.Run("set", "flows", "address=10.0.0.1", "port=1", "comm=a\\xffb", "state=state_closed", "peer=1.2.3.4", "slots=[1,2,3,4,5]");
        _maps.Run("set", "flows", "{\"key\":{\"address\":\"10.0.0.2\",\"port\":2},\"value\":{\"bytes\":7,\"place\":{\"y\":-5}}}");
        string before = _maps.Run("dump", "flows", "--json");

        Assert.Equal("removed 2 entries of map 'flows' (Hash, id ID)\n", _maps.Run("clear", "flows"));
        Assert.Equal("0 elements\n", _maps.Run("dump", "flows"));
        (int exitCode, string output, string errors) = Processes.TryRun(
            "bash",
            "-c",
            $"echo '{before.Replace("'", "'\\''", StringComparison.Ordinal)}' | dotnet {Programs.Tool} set {_maps.Id("flows")} -"
        );

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.StartsWith("wrote 2 entries to map 'flows'", output, StringComparison.Ordinal);
        using JsonDocument first = JsonDocument.Parse(before);
        using JsonDocument second = JsonDocument.Parse(_maps.Run("dump", "flows", "--json"));
        Assert.Equal(
            first.RootElement.EnumerateArray().Select(static item => item.GetRawText()).Order(StringComparer.Ordinal),
            second.RootElement.EnumerateArray().Select(static item => item.GetRawText()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Arrays_TakeTheIndexAlone()
    {
        Assert.Equal("changed 3 -> 18446744073709551615 (was 0)\n", _maps.Run("set", "numbers", "3", "value=18446744073709551615"));
        Assert.Equal("3 -> 18446744073709551615\n", _maps.Run("get", "numbers", "3"));
        Assert.Equal(
            "map 'numbers' (Array, id ID) has no such index; its indices are 0 to 3",
            _maps.Fail("set", "numbers", "4", "value=1")
        );
        Assert.StartsWith("entries of arrays such as map 'numbers'", _maps.Fail("delete", "numbers", "3"), StringComparison.Ordinal);
        Assert.Equal("set to zero 1 entry of map 'numbers' (Array, id ID)\n", _maps.Run("clear", "numbers"));
        Assert.Equal("0 -> 0\n1 -> 0\n2 -> 0\n3 -> 0\n4 elements\n", _maps.Run("dump", "numbers"));
    }

    [Fact]
    public void Tries_TakeNetworks()
    {
        Assert.Equal("added \"10.1.0.0/16\" -> 7\n", _maps.Run("set", "networks", "10.1.0.0/16", "value=7"));
        Assert.Equal("\"10.1.0.0/16\" -> 7\n", _maps.Run("get", "networks", "key=10.1.0.0/16"));
        Assert.Equal("removed \"10.1.0.0/16\" -> 7\n", _maps.Run("delete", "networks", "10.1.0.0/16"));
        Assert.Contains(
            "'10.0.0.0/33' is not valid for struct network; expected a network such as 10.0.0.0/8",
            _maps.Fail("get", "networks", "10.0.0.0/33"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void PerCpuValues_AreChangedOnTheNamedCpu()
    {
        int last = BpfHost.Kernel.PossibleCpus[^1];
        Assert.Contains(
            "one value per CPU: say which with --cpu N",
            _maps.Fail("set", "counters", "1", "hits=5"),
            StringComparison.Ordinal
        );
        _maps.Run("set", "counters", "1", "hits=5", "load=0.5", "name=first", "--all-cpus");
        _maps.Run(
            "set",
            "counters",
            "1",
            "hits=100",
            "name=other",
            "--cpu",
            last.ToString(System.Globalization.CultureInfo.InvariantCulture)
        );

        int others = BpfHost.Kernel.PossibleCpus.Length - 1;
        Assert.Equal(
            FormattableString.Invariant(
                $"1 -> {{ hits: {(5 * others) + 100}, load: {0.5 * (others + 1)}, name: \"{(others > 0 ? "first" : "other")}\" }}\n"
            ),
            _maps.Run("get", "counters", "1")
        );
        using JsonDocument json = JsonDocument.Parse(_maps.Run("get", "counters", "1", "--per-cpu", "--json"));
        JsonElement values = json.RootElement.GetProperty("values");
        Assert.Equal(100, values[others].GetProperty("value").GetProperty("hits").GetInt32());
        Assert.Equal("other", values[others].GetProperty("value").GetProperty("name").GetString());
        Assert.Contains("CPU 9999 does not exist", _maps.Fail("set", "counters", "1", "hits=5", "--cpu", "9999"), StringComparison.Ordinal);
    }

    [Fact]
    public void Queues_HaveNoKeys()
    {
        Assert.Equal("added 0x01000000 to map 'jobs' (Queue, id ID)\n", _maps.Run("set", "jobs", "value=1"));
        _maps.Run("set", "jobs", "value=0x02000000");
        Assert.Equal("0x01000000\n", _maps.Run("get", "jobs"));
        Assert.Equal("removed 0x01000000\n", _maps.Run("delete", "jobs"));
        Assert.Equal("removed 1 entry of map 'jobs' (Queue, id ID)\n", _maps.Run("clear", "jobs"));
        Assert.Equal("map 'jobs' (Queue, id ID) is empty", _maps.Fail("get", "jobs"));
    }

    [Fact]
    public void DryRun_ChangesNothing()
    {
        _maps.Run("set", "numbers", "1", "value=5");

        Assert.Equal("would change 1 -> 6 (now 5)\n", _maps.Run("set", "numbers", "1", "value=6", "--dry-run"));
        Assert.StartsWith(
            "would add ",
            _maps.Run("set", "flows", "address=1.1.1.1", "port=1", "bytes=1", "--dry-run"),
            StringComparison.Ordinal
        );
        Assert.StartsWith("would have set to zero 1 entry", _maps.Run("clear", "numbers", "--dry-run"), StringComparison.Ordinal);
        Assert.Equal("would freeze map 'numbers' (Array, id ID)\n", _maps.Run("freeze", "numbers", "--dry-run"));
        Assert.Equal("1 -> 5\n", _maps.Run("get", "numbers", "1"));
        Assert.Equal("0 elements\n", _maps.Run("dump", "flows"));
        Assert.False(_maps["numbers"].GetUsage().IsFrozen);
    }

    [Fact]
    public void ExistingOrNewKeysOnly_AreRequestedByOptions()
    {
        Assert.Contains(
            "--only-existing was given",
            _maps.Fail("set", "networks", "10.0.0.0/8", "value=1", "--only-existing"),
            StringComparison.Ordinal
        );
        _maps.Run("set", "networks", "10.0.0.0/8", "value=1", "--only-new");
        Assert.Contains(
            "--only-new was given",
            _maps.Fail("set", "networks", "10.0.0.0/8", "value=1", "--only-new"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        "map 'flows' (Hash, id ID) has no field 'prot'; its fields: address, port, padding, packets, bytes, state, comm, is_local, flags, "
            + "level, delta, peer, mac, slots[], mark, mark_bytes[], place, packed_tail",
        "prot=1"
    )]
    [InlineData("port: 70000 is out of range for __be16: 0 to 65535", "port=70000")]
    [InlineData("delta: -32769 is out of range for __s16: -32768 to 32767", "delta=-32769")]
    [InlineData("flags: 8 is out of range for __u8:3: 0 to 7", "flags=8")]
    [InlineData("address: '10.0.0' is not valid for __be32; expected an address such as 10.0.0.1", "address=10.0.0")]
    [InlineData("peer: 'x' is not valid for struct in6_addr; expected an address such as fd00::1", "peer=x")]
    [InlineData("mac: '1:2' is not valid for __u8[6]; expected an address such as 02:00:00:00:00:01", "mac=1:2")]
    [InlineData(
        "state: 'STATE_GONE' is not valid for enum state; expected a number or one of STATE_NEW, STATE_OPEN, STATE_CLOSED",
        "state=STATE_GONE"
    )]
    [InlineData("comm: the text has 17 bytes, but char[16] holds at most 16", "comm=12345678901234567")]
    [InlineData("bytes: 'many' is not valid for __u64; expected a number such as 443 or 0x1bb", "bytes=many")]
    [InlineData("is_local: 'yes' is not valid for _Bool; expected true or false", "is_local=yes")]
    [InlineData("'slots[5]' is out of range: the array has 5 elements, [0] to [4]", "slots[5]=1")]
    [InlineData("slots: 6 elements, but __u16[5] has 5", "slots=[1,2,3,4,5,6]")]
    [InlineData("the key lacks port; every field of a key must be given", "address=10.0.0.1", "bytes=1")]
    [InlineData("the key is missing; expected address=... port=...", "bytes=1")]
    [InlineData("there is no value to write; name at least one field of the value, or value=...", "address=10.0.0.1", "port=1")]
    [InlineData("place has no field 'z'; its fields: x, y", "address=10.0.0.1", "port=1", "place={\"z\":1}")]
    public void WrongArguments_AreExplained(string expected, params string[] arguments) =>
        Assert.Equal(expected, _maps.Fail("set", "flows", arguments));

    [Fact]
    public void MissingEntries_AreFailures()
    {
        const string Key = "{ address: \"10.0.0.1\", port: 1, padding: 0 }";
        Assert.Equal(
            $"map 'flows' (Hash, id ID) has no entry with the key {Key}",
            _maps.Fail("get", "flows", "address=10.0.0.1", "port=1")
        );
        Assert.Equal(
            $"map 'flows' (Hash, id ID) has no entry with the key {Key}; nothing was removed",
            _maps.Fail("delete", "flows", "address=10.0.0.1", "port=1")
        );
    }

    [Fact]
    public void FullMaps_AreNamed()
    {
        for (int index = 0; index < 16; index++)
            _maps["networks"].Update([32, 0, 0, 0, 10, 0, 0, (byte)index], new byte[4]);

        Assert.Equal("map 'networks' (LpmTrie, id ID) is full: it has 16 entries", _maps.Fail("set", "networks", "11.0.0.0/8", "value=1"));
    }

    [Fact]
    public void PinUnpinAndFreeze_SayWhatTheyDid()
    {
        using PinDirectory pins = Require.BpfFs();
        string pin = pins["numbers"];

        Assert.Equal($"would pin map 'numbers' (Array, id ID) at {pin}\n", _maps.Run("pin", "numbers", pin, "--dry-run"));
        Assert.Equal($"pinned map 'numbers' (Array, id ID) at {pin}\n", _maps.Run("pin", "numbers", pin));
        Assert.Equal("changed 0 -> 4 (was 0)\n", Programs.RunTool("set", pin, "0", "value=4").Output);
        Assert.Equal($"removed the pin {pin} of map 'numbers' (Array, id {_maps.Id("numbers")})\n", Programs.RunTool("unpin", pin).Output);
        Assert.False(File.Exists(pin));
        Assert.Equal("froze map 'numbers' (Array, id ID): user space can no longer write to it\n", _maps.Run("freeze", "numbers"));
        Assert.Contains("frozen", _maps.Fail("set", "numbers", "0", "value=5"), StringComparison.Ordinal);
        Assert.Equal("0 -> 4\n", _maps.Run("get", "numbers", "0"));
    }

    [Fact]
    public void UnpinOfAFileThatIsNoMap_RemovesNothing()
    {
        string file = Path.GetTempFileName();

        (int exitCode, _, string errors) = Programs.RunTool("unpin", file);

        Assert.Equal(1, exitCode);
        Assert.StartsWith("bpfmaps: ", errors, StringComparison.Ordinal);
        Assert.True(File.Exists(file));
        File.Delete(file);
    }
}
