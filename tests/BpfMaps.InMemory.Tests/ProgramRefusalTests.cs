namespace BpfMaps.Tests;

/// <summary>Tests of operations that programs cannot perform, and their errors.</summary>
public sealed class ProgramRefusalTests
{
    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public void UnknownMapName_ListsTheExistingMaps()
    {
        using Counters counters = Counters.Create(host: _host);
        using Jobs jobs = Jobs.Create(host: _host);
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => _host.AsProgram().TryLookup("countres", 1u, out ulong _));
        Assert.Equal("map", refusal.ParamName);
        Assert.StartsWith(
            "No map is named 'countres'. Maps of this host: 'counters' (Hash, id 1), 'jobs' (Queue, id 2).",
            refusal.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void UnknownMapNameOnAnEmptyHost_SaysThatThereAreNoMaps() =>
        Assert.Contains(
            "This host has no maps.",
            Assert.Throws<ArgumentException>(() => _host.AsProgram().Delete("counters", 1u)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void AmbiguousMapName_IsRejectedUntilOneMapIsRemoved()
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
    public void TypesWithOtherSizes_AreRejectedWithBothSizes()
    {
        using Counters counters = Counters.Create(host: _host);
        InMemoryProgram program = _host.AsProgram();
        AssertSize(
            "bpf_map_lookup_elem on map 'counters' (Hash): the key type UInt64 has 8 bytes, but the map's key_size is 4.",
            () => program.TryLookup("counters", 1ul, out ulong _)
        );
        AssertSize(
            "bpf_map_lookup_elem on map 'counters' (Hash): the value type Int32 has 4 bytes, but the map's value_size is 8.",
            () => program.TryLookup("counters", 1u, out int _)
        );
        AssertSize("the value type UInt16 has 2 bytes", () => program.Modify("counters", 1u, (ref ushort _) => { }));
        AssertSize("the value type Byte has 1 bytes", () => program.Update("counters", 1u, (byte)1));
        AssertSize("the key type Byte has 1 bytes", () => program.Delete("counters", (byte)1));
    }

    [Fact]
    public void HelperThatTheTypeDoesNotSupport_IsRejectedAsByTheVerifier()
    {
        using Counters counters = Counters.Create(host: _host);
        using Jobs jobs = Jobs.Create(host: _host);
        using Seen seen = Seen.Create(host: _host);
        InMemoryProgram program = _host.AsProgram();
        AssertRejected("bpf_map_push_elem on map 'counters' (Hash)", () => program.Push("counters", 1ul));
        AssertRejected("bpf_map_lookup_elem on map 'counters' (Hash)", () => program.TryLookupMap("counters", 1u, out _));
        AssertRejected("bpf_map_peek_elem on map 'counters' (Hash)", () => program.MayContain("counters", 1ul));
        AssertRejected("bpf_map_update_elem on map 'jobs' (Queue)", () => program.Update("jobs", 1u, 1u));
        AssertRejected("bpf_map_lookup_elem on map 'jobs' (Queue)", () => program.Modify("jobs", 1u, (ref uint _) => { }));
        AssertRejected("bpf_map_pop_elem on map 'seen' (BloomFilter)", () => program.TryPop("seen", out uint _));
        AssertRejected("bpf_map_peek_elem on map 'seen' (BloomFilter)", () => program.TryPeek("seen", out uint _));
    }

    [Theory]
    [InlineData(BpfMapFlags.ReadOnlyProgram, false, true)]
    [InlineData(BpfMapFlags.WriteOnlyProgram, true, false)]
    public void ReadOnlyAndWriteOnlyMaps_AreRejectedAsByTheVerifier(BpfMapFlags flags, bool writes, bool reads)
    {
        using RawMap map = RawMap.Create(
            new()
            {
                Type = BpfMapType.Hash,
                Name = "guarded",
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 4,
                Flags = flags,
            },
            _host
        );
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
                AssertRejected($"the map was created with {flags}", call);
        }
    }

    [Fact]
    public void EmptyReference_ThrowsArgumentException() => Assert.Throws<ArgumentException>(() => _host.AsProgram().Delete(default, 1u));

    private static void AssertSize(string expected, Action call) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);

    private static void AssertRejected(string expected, Action call)
    {
        string message = Assert.Throws<InvalidOperationException>(call).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains("the verifier rejects programs", message, StringComparison.Ordinal);
    }
}
