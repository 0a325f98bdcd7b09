using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Docs.Tests.Snippets;
using BpfMaps.Tests;

namespace BpfMaps.Docs.Tests.Blocks;

/// <summary>The C of the pages compiles without a warning, and the kernel takes the programs.</summary>
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
            Assert.True(block.Marks[Mark.NotLoaded].Length != 0, $"{block} is not loaded: say why.");
            return;
        }

        Require.Kernel();
        Require.Libbpf();
        using BpfObject loaded = BpfObject.OpenMemory(source.Bytes, "page");
        loaded.Load();
    }
}
