using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Generators.Tests.Diagnostics;

/// <summary>Rules for capacities, flags and locks.</summary>
public sealed class CapacityAndFlagTests
{
    [Fact]
    public Task CapacitiesThatTheKernelRefuses_AreReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, MaxEntries = {|BPFMAP016:0|})] public struct A { public uint Id; }
            [BpfMap(Type = RingBuf, MaxEntries = {|BPFMAP016:5000|})] public struct B { public uint Id; }
            [BpfMap(Type = UserRingBuf, MaxEntries = {|BPFMAP016:2048|})] public struct C { public uint Id; }
            [BpfMap(Type = Hash, Key = typeof(uint), MaxEntries = {|BPFMAP016:2147483649|})] public struct D { public uint Id; }
            """
        );

    [Fact]
    public Task CapacitiesOfStorages_AreReported() =>
        Verify(
            """
            [BpfMap(Type = SkStorage, MaxEntries = {|BPFMAP016:100|})] public struct A { public uint Id; }
            [BpfMap(Type = TaskStorage, MaxEntries = {|BPFMAP016:1|})] public struct B { public uint Id; }
            [BpfMap(Type = InodeStorage, MaxEntries = 0)] public struct C { public uint Id; }
            [BpfMap(Type = CgrpStorage)] public struct D { public uint Id; }
            """,
            "MaxEntries of 'A' is 100, but SkStorage maps have no capacity: remove MaxEntries or set it to 0",
            "MaxEntries of 'B' is 1, but TaskStorage maps have no capacity: remove MaxEntries or set it to 0"
        );

    [Fact]
    public Task FlagsOfStorages_AreCompletedOrReported() =>
        Verify(
            """
            [BpfMap(Type = SkStorage, Flags = BpfMapFlags.Clone)] public struct A { public uint Id; }
            [BpfMap(Type = TaskStorage, Flags = {|BPFMAP018:BpfMapFlags.None|})] public struct B { public uint Id; }
            [BpfMap(Type = CgrpStorage, Flags = {|BPFMAP017:BpfMapFlags.ReadOnlyProgram|})] public struct C { public uint Id; }
            """,
            "The flags of 'B' contradict each other: TaskStorage maps require NoPrealloc, but Flags is None; remove Flags, and the flag is set automatically",
            "CgrpStorage maps do not accept ReadOnlyProgram; they accept NoPrealloc, Clone"
        );

    [Fact]
    public Task RefusedRingSize_SuggestsTheNext() =>
        Messages("[BpfMap(Type = RingBuf, MaxEntries = 5000)] public struct B { public uint Id; }", "BPFMAP016", "ArgumentValue", "8192");

    [Fact]
    public Task CapacitiesThatTheKernelTakes_AreNotReported() =>
        Verify(
            """
            [BpfMap(Type = Queue, MaxEntries = 1)] public struct A { public uint Id; }
            [BpfMap(Type = RingBuf, MaxEntries = 8192)] public struct B { public uint Id; }
            [BpfMap(Type = PerfEventArray, MaxEntries = 2)] public struct C { public uint Id; }
            [BpfMap(Type = Hash, Key = typeof(uint), MaxEntries = 134217728)] public struct D { public uint Id; }
            """
        );

    [Fact]
    public Task MapExtraThatTheKindRefuses_IsReported() =>
        Verify(
            """
            [BpfMap(Type = BloomFilter, MapExtra = {|BPFMAP049:16|})] public struct A { public uint Id; }
            [BpfMap(Type = Hash, Key = typeof(uint), MapExtra = {|BPFMAP049:3|})] public struct B { public uint Id; }
            """,
            "MapExtra of 'A' is 16, but for a bloom filter it is the number of hash functions, 1 to 15",
            "MapExtra of 'B' is 3, but Hash maps have no map_extra"
        );

    [Fact]
    public Task MapExtraThatTheKindTakes_IsNotReported() =>
        Verify(
            """
            [BpfMap(Type = BloomFilter, MapExtra = 0)] public struct A { public uint Id; }
            [BpfMap(Type = BloomFilter, MapExtra = 15)] public struct B { public uint Id; }
            [BpfMap(Type = Hash, Key = typeof(uint), MapExtra = 0)] public struct C { public uint Id; }
            """
        );

    [Fact]
    public Task FlagsThatTheKindRefuses_AreReported() =>
        Verify(
            """
            [BpfMap(Type = Hash, Key = typeof(uint), Flags = {|BPFMAP017:BpfMapFlags.Mmapable|})] public struct A { public uint Id; }
            [BpfMap(Type = LruHash, Key = typeof(uint), Flags = {|BPFMAP017:BpfMapFlags.NoPrealloc | BpfMapFlags.NoCommonLru|})] public struct B { public uint Id; }
            [BpfMap(Type = PerCpuArray, Flags = {|BPFMAP017:BpfMapFlags.Mmapable|})] public struct C { public uint Id; }
            [BpfMap(Type = Queue, Flags = {|BPFMAP017:(BpfMapFlags)0x80000000|})] public struct D { public uint Id; }
            """,
            "Hash maps do not accept Mmapable; they accept NoPrealloc, NumaNode, ReadOnly, WriteOnly, ZeroSeed, ReadOnlyProgram, WriteOnlyProgram",
            "LruHash maps do not accept NoPrealloc; they accept NoCommonLru, NumaNode, ReadOnly, WriteOnly, ZeroSeed, ReadOnlyProgram, WriteOnlyProgram",
            "PerCpuArray maps do not accept Mmapable; they accept ReadOnly, WriteOnly, ReadOnlyProgram, WriteOnlyProgram",
            "Queue maps do not accept 0x80000000; they accept NumaNode, ReadOnly, WriteOnly, ReadOnlyProgram, WriteOnlyProgram"
        );

    [Fact]
    public Task FlagsThatTheKindTakes_AreNotReported() =>
        Verify(
            """
            [BpfMap(Type = Hash, Key = typeof(uint), Flags = BpfMapFlags.NoPrealloc | BpfMapFlags.ReadOnlyProgram)] public struct A { public uint Id; }
            [BpfMap(Type = BpfMapType.Array, Flags = BpfMapFlags.Mmapable)] public struct B { public uint Id; }
            [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<uint>), Flags = BpfMapFlags.ReadOnlyProgram)] public struct C { public uint Id; }
            """
        );

    [Fact]
    public Task FlagsThatContradictEachOther_AreReported() =>
        Verify(
            """
            [BpfMap(Type = Hash, Key = typeof(uint), Flags = {|BPFMAP018:BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnly|})] public struct A { public uint Id; }
            [BpfMap(Type = Queue, Flags = {|BPFMAP018:BpfMapFlags.ReadOnlyProgram | BpfMapFlags.WriteOnlyProgram|})] public struct B { public uint Id; }
            [BpfMap(Type = LpmTrie, Key = typeof(LpmKey<uint>), Flags = {|BPFMAP018:BpfMapFlags.None|})] public struct C { public uint Id; }
            """
        );

    [Fact]
    public Task FlagsOnDifferentSides_AreNotReported() =>
        Verify("[BpfMap(Type = Queue, Flags = BpfMapFlags.ReadOnly | BpfMapFlags.WriteOnlyProgram)] public struct B { public uint Id; }");

    [Fact]
    public Task LocksThatTheKernelRefuses_AreReported() =>
        Verify(
            """
            public struct Guarded { public BpfSpinLock Lock; public uint Count; }
            [BpfMap(Type = LruHash, Key = typeof(uint))] public struct {|BPFMAP020:A|} { public BpfSpinLock Lock; public uint Id; }
            [BpfMap(Type = Hash, Key = typeof(uint))] public struct {|BPFMAP020:B|} { public BpfSpinLock Lock, Other; public uint Id; }
            [BpfMap(Type = BpfMapType.Array)] public struct {|BPFMAP020:C|} { public Guarded Inner; }
            [BpfMap(Type = Hash)] public struct D { public struct {|BPFMAP020:Key|} { public BpfSpinLock Lock; public uint Id; } public uint Id; }
            """
        );

    [Fact]
    public Task LockInAValue_IsNotReported() =>
        Verify(
            """
            [BpfMap(Type = BpfMapType.Array)] public struct A { public uint Id; public BpfSpinLock Lock; }
            [BpfMap(Type = SkStorage)] public struct B { public uint Id; public BpfSpinLock Lock; }
            """
        );

    private static async Task Messages(string source, string id, string property, string value)
    {
        Microsoft.CodeAnalysis.Diagnostic diagnostic = Assert.Single(
            await Diagnose.Report<MapDeclarationAnalyzer>(source),
            d => d.Id == id
        );
        Assert.Equal(value, diagnostic.Properties[property]);
    }

    private static Task Verify(string source, params string[] messages) => Diagnose.Verify<MapDeclarationAnalyzer>(source, messages);
}
