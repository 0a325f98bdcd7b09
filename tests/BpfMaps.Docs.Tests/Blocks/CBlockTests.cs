using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Docs.Tests.Snippets;
using BpfMaps.Tests;

namespace BpfMaps.Docs.Tests.Blocks;

/// <summary>Tests that the C code of the pages compiles without warnings and that the kernel accepts the programs.</summary>
public sealed class CBlockTests
{
    public static TheoryData<string> Blocks => Documentation.Names("c");

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Block_CompilesAndLoads(string name)
    {
        CodeBlock block = Documentation.Block(name);
        BpfSource source = BpfSource.Of(block);

        if (block.Has(Mark.NotLoaded))
        {
            Assert.True(block.Marks[Mark.NotLoaded].Length != 0, $"{block} is not loaded: add the reason to its mark.");
            return;
        }

        Require.Kernel();
        Require.Libbpf();
        using BpfObject loaded = BpfObject.OpenMemory(source.Bytes, "page");
        loaded.Load();
    }
}
