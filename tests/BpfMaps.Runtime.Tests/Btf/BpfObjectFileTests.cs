using BpfMaps.Metadata;

namespace BpfMaps.Tests;

public sealed class BpfObjectFileTests
{
    public static TheoryData<string> Targets => [Fixture.LittleEndian, Fixture.BigEndian];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Definition_HasAllAttributes(string target)
    {
        BpfMapDefinition flows = Fixture.Open("maps", target).GetMap("flows");
        Assert.Equal(BpfMapType.Hash, flows.Type);
        Assert.Equal((8, 16, 65536u), (flows.KeySize, flows.ValueSize, flows.MaxEntries));
        Assert.Equal(BpfMapFlags.NoPrealloc | BpfMapFlags.NumaNode, flows.Flags);
        Assert.Equal(1u, flows.NumaNode);
        Assert.Equal(BpfMapPinning.ByName, flows.Pinning);
        Assert.Equal("key (8 bytes): address u32 @0, port u16 @4, zone u16 @6", flows.Key!.ToString());
        Assert.Equal("stats (16 bytes): packets u64 @0, bytes u64 @8", flows.Value!.ToString());
        Assert.False(flows.IsVariables);
    }

    [Fact]
    public void DefinitionWithSizesOnly_HasNoLayouts()
    {
        BpfMapDefinition map = Fixture.Open("maps").GetMap("sizes_only");
        Assert.Equal((BpfMapType.PerCpuArray, 4, 24, 4u), (map.Type, map.KeySize, map.ValueSize, map.MaxEntries));
        Assert.True(map is { Key: null, Value: null, KeyProblem: null, ValueProblem: null, NumaNode: null, Pinning: BpfMapPinning.None });
    }

    [Fact]
    public void KeylessMaps_HaveNoKey()
    {
        BpfObjectFile file = Fixture.Open("maps");
        Assert.True(file.GetMap("events") is { Type: BpfMapType.RingBuf, KeySize: 0, ValueSize: 0, MaxEntries: 256 * 1024 });
        Assert.True(file.GetMap("seen") is { Type: BpfMapType.BloomFilter, KeySize: 0, Key: null, ValueSize: 8, MapExtra: 3 });
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void NumberTooLargeForAnArray_IsReadFromAnEnumeration(string target) =>
        Assert.Equal(0x4000_0000ul, Fixture.Open("maps", target).GetMap("arena").MapExtra);

    [Fact]
    public void MapOfMaps_HasItsInnerMap()
    {
        BpfMapDefinition outer = Fixture.Open("maps").GetMap("outer");
        Assert.Equal((BpfMapType.HashOfMaps, 8, 4), (outer.Type, outer.KeySize, outer.ValueSize));
        Assert.True(outer.InnerMap is { Name: "outer.inner", Type: BpfMapType.Array, MaxEntries: 16, KeySize: 4, Value.Name: "stats" });
    }

    [Fact]
    public void ArrayOfPrograms_HasNoInnerMap() =>
        Assert.True(Fixture.Open("maps").GetMap("tails") is { Type: BpfMapType.ProgArray, KeySize: 4, ValueSize: 4, InnerMap: null });

    [Theory]
    [MemberData(nameof(Targets))]
    public void SectionsOfVariables_AreArraysOfOneElement(string target)
    {
        BpfObjectFile file = Fixture.Open("maps", target);
        Assert.Equal([".rodata", ".data", ".data.custom", ".bss"], file.Maps.Where(map => map.IsVariables).Select(map => map.Name));
        Assert.All(
            file.Maps.Where(map => map.IsVariables),
            map => Assert.True(map is { Type: BpfMapType.Array, KeySize: 4, MaxEntries: 1 })
        );

        BpfMapDefinition constants = file.GetMap(".rodata");
        Assert.Equal(BpfMapFlags.ReadOnlyProgram | BpfMapFlags.Mmapable, constants.Flags);
        Assert.Equal(".rodata (12 bytes): target_pid s32 @0, filter key @4", constants.Value!.ToString());
        Assert.Equal(".data.custom (16 bytes): totals stats @0", file.GetMap(".data.custom").Value!.ToString());

        BpfMapDefinition zeroes = file.GetMap(".bss");
        Assert.Equal(BpfMapFlags.Mmapable, zeroes.Flags);
        Assert.Equal(".bss (36 bytes): counters u64[4] @0, private_count u32 @32", zeroes.Value!.ToString());
        Assert.Equal(
            [("counters", 0, 32, false), ("private_count", 32, 4, true)],
            zeroes.Variables.Select(v => (v.Name, v.Offset, v.Size, v.IsStatic))
        );
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Programs_AreTheGlobalFunctionsOfTheirSections(string target)
    {
        BpfObjectFile file = Fixture.Open("maps", target);
        Assert.Equal(
            [("handle", "raw_tp/sys_enter"), ("drop", "xdp")],
            file.Programs.Select(static program => (program.Name, program.Section))
        );
        Assert.Equal("Dual MIT/GPL", file.License);
        Assert.Equal(target == Fixture.BigEndian, file.IsBigEndian);
        Assert.Equal(target == Fixture.BigEndian, file.Btf!.IsBigEndian);
    }

    [Fact]
    public void UnknownMap_FailsWithTheExistingMaps()
    {
        KeyNotFoundException exception = Assert.Throws<KeyNotFoundException>(() => Fixture.Open("maps").GetMap("flow"));
        Assert.Equal(
            "maps.bpf.o has no map 'flow'; it has 'first', 'outer', 'tails', 'flows', 'sizes_only', 'events', 'seen', 'arena', '.rodata', '.data', '.data.custom', '.bss'.",
            exception.Message
        );
    }

    [Fact]
    public void ObjectWithoutTypes_FailsWithTheCompilerOption()
    {
        byte[] bytes = Require.Clang().Compile("maps.bpf.c", Fixture.LittleEndian, "-g0");
        BpfFormatException exception = Assert.Throws<BpfFormatException>(() => BpfObjectFile.Parse(bytes, "x.bpf.o"));
        Assert.Contains("no section .BTF", exception.Message, StringComparison.Ordinal);
        Assert.Contains("-g", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_IsReadFromItsPath()
    {
        byte[] bytes = Require.Clang().Compile("maps.bpf.c");
        string path = Path.Combine(Path.GetTempPath(), $"bpfmaps {Guid.NewGuid():N}.o");
        try
        {
            File.WriteAllBytes(path, bytes);
            Assert.Equal((path, 12), (BpfObjectFile.Open(path).Name, BpfObjectFile.Open(path).Maps.Count));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("/dev/zero", "expected an object of at most 128 MiB")]
    [InlineData("/dev/null", "expected the first bytes of an ELF file")]
    [InlineData("/proc/self/status", "expected an ELF file")]
    [InlineData("/bin/sh", "expected a relocatable object (1)")]
    public void OtherFile_IsRejectedWithOneSentence(string path, string expected)
    {
        BpfFormatException exception = Assert.Throws<BpfFormatException>(() => BpfObjectFile.Open(path));
        Assert.StartsWith($"{path}, offset 0x", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Equal(path, exception.FileName);
    }
}
