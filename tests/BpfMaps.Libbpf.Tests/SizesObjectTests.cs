using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Maps that get their sizes before the load, and types with members of no bytes, on the kernel.</summary>
public sealed class SizesObjectTests
{
    [Fact]
    public void CommittedLayout_IsThatOfTheObject() =>
        Assert.Equal(
            LayoutWriter.Write(BpfObjectFile.Open(CompiledFixture.Path("sizes"))),
            File.ReadAllText(ClangCompiler.FixturePath("sizes.bpf.layout"))
        );

    [Fact]
    public void SizesThatAreSetBeforeTheLoad_AreThoseOfTheMaps()
    {
        using SizesObject sizes = Loaded();

        Assert.Equal((64, 128u), (sizes.Stacks.Info.ValueSize, sizes.Stacks.Info.MaxEntries));
        Assert.Equal((24, BpfMapFlags.NoPrealloc), (sizes.Blobs.Info.ValueSize, sizes.Blobs.Info.Flags));
    }

    [Fact]
    public void KeySizeAndType_AreThoseThatWereSet()
    {
        using SizesObject sizes = SizesObject.Open(CompiledFixture.Path("sizes"));
        SetSizes(sizes);
        BpfObjectMap blobs = sizes.Object.GetMap("blobs");
        blobs.KeySize = 12;
        blobs.Type = BpfMapType.LruHash;
        blobs.Flags = BpfMapFlags.None;
        Assert.Equal((BpfMapType.LruHash, 12, 24, BpfMapFlags.None), (blobs.Type, blobs.KeySize, blobs.ValueSize, blobs.Flags));

        sizes.Load();

        Assert.Equal((BpfMapType.LruHash, 12), (sizes.Blobs.Info.Type, sizes.Blobs.Info.KeySize));
        Assert.Throws<InvalidOperationException>(() => blobs.ValueSize = 8);
        Assert.Throws<InvalidOperationException>(() => blobs.Type = BpfMapType.Hash);
    }

    [Fact]
    public void MembersOfNoBytes_AreNothingToTheKernelsTypesEither()
    {
        using SizesObject sizes = Loaded();
        using HollowMap map = HollowMap.FromRaw(sizes.Object.GetMap("hollows").Open());
        Assert.Equal(BpfFieldCheck.Compared, map.FieldCheck);
        map[0x0a000001] = new() { A = 1, B = 2 };
        Assert.Equal((1u, 2u), (sizes.Hollows[0x0a000001].A, sizes.Hollows[0x0a000001].B));

        sizes.Record.TestRun(contextIn: new byte[8]);
        Assert.Equal(1u, sizes.Bss.First.B);
        sizes.Flexibles[0] = new SizesObject.Flexible { Length = 7 };
        Assert.Equal(7u, sizes.Flexibles[0].Length);
        Assert.True(sizes.Waiting.TryEnqueue(3) && sizes.Waiting.TryDequeue(out uint value) && value == 3);
    }

    [Theory]
    [InlineData("static_map", "Map 'hidden': it is static; libbpf wants maps to be global variables.")]
    [InlineData("pinned_elsewhere", "Map 'shared': its pinning is 100; libbpf supports 0 (none) and 1 (by name).")]
    [InlineData("wide_key", "Map 'table': its key has 8 bytes; the keys of maps of type Array have 4.")]
    public void ObjectThatLibbpfRefuses_IsExplained(string fixture, string reason)
    {
        BpfObjectException exception = Assert.Throws<BpfObjectException>(() =>
        {
            using BpfObject refused = BpfObject.Open(CompiledFixture.Path(fixture));
            refused.Load();
        });
        Assert.EndsWith(reason, exception.Message, StringComparison.Ordinal);
    }

    private static SizesObject Loaded()
    {
        SizesObject sizes = SizesObject.Open(CompiledFixture.Path("sizes"));
        SetSizes(sizes);
        sizes.Load();
        return sizes;
    }

    private static void SetSizes(SizesObject sizes)
    {
        BpfObjectMap stacks = sizes.Object.GetMap("stacks"),
            blobs = sizes.Object.GetMap("blobs");
        stacks.ValueSize = 8 * sizeof(ulong);
        stacks.MaxEntries = 128;
        blobs.ValueSize = 24;
        blobs.Flags |= BpfMapFlags.NoPrealloc;
    }
}
