namespace BpfMaps.Tests;

/// <summary>What a program cannot do, and what it is told.</summary>
public sealed class ProgramRefusalTests
{
    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void NameThatNoMapHas_ListsTheMapsThereAre()
    {
        using Counters counters = Counters.Create(host: _host);
        using Jobs jobs = Jobs.Create(host: _host);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => _host.AsProgram().TryLookup("countres", 1u, out ulong _));
        Assert.Equal("map", refusal.ParamName);
        Assert.StartsWith("No map is named 'countres'. These are there: 'counters' (Hash, id 1), 'jobs' (Queue, id 2).", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NameOfAHostWithoutMaps_SaysSo() =>
        Assert.Contains("There are no maps.", Assert.Throws<ArgumentException>(() => _host.AsProgram().Delete("counters", 1u)).Message, StringComparison.Ordinal);

    [Fact]
    public void NameThatTwoMapsHave_IsRefusedUntilOneIsGone()
    {
        using Counters first = Counters.Create(host: _host);
        using (Counters second = Counters.Create(host: _host))
        {
            ArgumentException refusal = Assert.Throws<ArgumentException>(() => _host.AsProgram().Update("counters", 1u, 1ul));
            Assert.StartsWith("More than one map is named 'counters'.", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(BpfUpdateResult.Ok, _host.AsProgram().Update("counters", 1u, 1ul));
    }

    [Fact]
    public void TypesOfOtherSizes_AreRefusedWithBothSizes()
    {
        using Counters counters = Counters.Create(host: _host);
        InMemoryProgram program = _host.AsProgram();
        AssertSize("bpf_map_lookup_elem on map 'counters' (Hash): the key type UInt64 has 8 bytes, and the map has key_size 4.", () => program.TryLookup("counters", 1ul, out ulong _));
        AssertSize("bpf_map_lookup_elem on map 'counters' (Hash): the value type Int32 has 4 bytes, and the map has value_size 8.", () => program.TryLookup("counters", 1u, out int _));
        AssertSize("the value type UInt16 has 2 bytes", () => program.Modify("counters", 1u, (ref ushort _) => { }));
        AssertSize("the value type Byte has 1 bytes", () => program.Update("counters", 1u, (byte)1));
        AssertSize("the key type Byte has 1 bytes", () => program.Delete("counters", (byte)1));
    }

    [Fact]
    public void FunctionThatAKindDoesNotHave_IsRefusedAsByTheVerifier()
    {
        using Counters counters = Counters.Create(host: _host);
        using Jobs jobs = Jobs.Create(host: _host);
        using Seen seen = Seen.Create(host: _host);
        InMemoryProgram program = _host.AsProgram();
        AssertRefused("bpf_map_push_elem on map 'counters' (Hash)", () => program.Push("counters", 1ul));
        AssertRefused("bpf_map_lookup_elem on map 'counters' (Hash)", () => program.TryLookupMap("counters", 1u, out _));
        AssertRefused("bpf_map_peek_elem on map 'counters' (Hash)", () => program.MayContain("counters", 1ul));
        AssertRefused("bpf_map_update_elem on map 'jobs' (Queue)", () => program.Update("jobs", 1u, 1u));
        AssertRefused("bpf_map_lookup_elem on map 'jobs' (Queue)", () => program.Modify("jobs", 1u, (ref uint _) => { }));
        AssertRefused("bpf_map_pop_elem on map 'seen' (BloomFilter)", () => program.TryPop("seen", out uint _));
        AssertRefused("bpf_map_peek_elem on map 'seen' (BloomFilter)", () => program.TryPeek("seen", out uint _));
    }

    [Theory]
    [InlineData(BpfMapFlags.ReadOnlyProgram, false, true)]
    [InlineData(BpfMapFlags.WriteOnlyProgram, true, false)]
    public void MapThatProgramsMayNotReadOrWrite_IsRefusedAsByTheVerifier(BpfMapFlags flags, bool writes, bool reads)
    {
        using RawMap map = RawMap.Create(new() { Type = BpfMapType.Hash, Name = "guarded", KeySize = 4, ValueSize = 4, MaxEntries = 4, Flags = flags }, _host);
        map.Update([1, 0, 0, 0], [1, 0, 0, 0]);
        InMemoryProgram program = _host.AsProgram();
        AssertAllowed(writes, () => program.Update("guarded", 1u, 2u));
        AssertAllowed(writes, () => program.Delete("guarded", 9u));
        AssertAllowed(reads, () => program.TryLookup("guarded", 1u, out uint _));
        AssertAllowed(reads && writes, () => program.Modify("guarded", 1u, (ref uint _) => { }));

        void AssertAllowed(bool isAllowed, Action call)
        {
            if (isAllowed)
                call();
            else
                AssertRefused($"the map was created with {flags}", call);
        }
    }

    [Fact]
    public void ReferenceThatNamesNothing_IsAnArgumentException() =>
        Assert.Throws<ArgumentException>(() => _host.AsProgram().Delete(default, 1u));

    private static void AssertSize(string expected, Action call) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);

    private static void AssertRefused(string expected, Action call)
    {
        string message = Assert.Throws<InvalidOperationException>(call).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains("the verifier refuses a program", message, StringComparison.Ordinal);
    }
}
