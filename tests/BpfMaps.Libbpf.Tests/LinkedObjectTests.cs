using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>An object of several sources: variables and types of one name stay apart.</summary>
public sealed class LinkedObjectTests
{
    private static readonly Lazy<string> s_path = new(Link);

    [Fact]
    public void CommittedLayout_IsThatOfTheObject() =>
        Assert.Equal(
            LayoutWriter.Write(BpfObjectFile.Open(s_path.Value)),
            File.ReadAllText(ClangCompiler.FixturePath("linked.bpf.layout"))
        );

    [Fact]
    public void StaticVariablesOfOneName_AreTwo()
    {
        using LinkedObject linked = LinkedObject.Open(s_path.Value);
        linked.Load();
        for (int run = 0; run < 3; run++)
            linked.ProgA.TestRun(contextIn: new byte[8]);
        for (int run = 0; run < 5; run++)
            linked.ProgB.TestRun(contextIn: new byte[8]);
        Assert.Equal((3u, 8u, 5ul), (linked.Bss.Counter, linked.Bss.CommonTotal, linked.Bss.Counter2));

        linked.Bss.Counter2 = 0;

        Assert.Equal((3u, 8u, 0ul), (linked.Bss.Counter, linked.Bss.CommonTotal, linked.Bss.Counter2));
        linked.ProgB.TestRun(contextIn: new byte[8]);
        Assert.Equal((3u, 9u, 1ul), (linked.Bss.Counter, linked.Bss.CommonTotal, linked.Bss.Counter2));
    }

    [Fact]
    public void StructsOfOneName_AreTwo()
    {
        using LinkedObject linked = LinkedObject.Open(s_path.Value);
        linked.Load();
        linked.MapA[1] = new LinkedObject.Event { A = 1 };
        linked.MapB[1] = new LinkedObject.Event2 { B = 2, C = 3 };
        Assert.Equal((1u, 2ul, (byte)3), (linked.MapA[1].A, linked.MapB[1].B, linked.MapB[1].C));
    }

    private static string Link()
    {
        string path = ClangCompiler.FixturePath("linked.bpf.o");
        Require.BpfTool().Run("gen", "object", path, CompiledFixture.Path("linked_a"), CompiledFixture.Path("linked_b"));
        return path;
    }
}
