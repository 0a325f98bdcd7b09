using BpfMaps.Generators.Tests.Layouts;
using BpfMaps.Tests;
using CsCheck;

namespace BpfMaps.Generators.Tests.Headers;

/// <summary>C headers of random structs have the layouts of their declarations.</summary>
public sealed class RandomHeaderTests
{
    // Each batch is a compilation in both languages. They run one at a time, because build machines have few cores.
    private const int Batches = 40;

    [Fact]
    public void Header_HasNoDifferenceFromItsDeclarations()
    {
        Require.Clang();
        StructDeclaration.Batches.Sample(
            static structs =>
            {
                string maps = string.Concat(
                    structs.Select(
                        static (_, i) =>
                            $"[BpfMap(Type = BpfMapType.Queue, Value = typeof(S{i}), Name = \"m{i}\", Object = \"{ExportedHeaderText.Object}\")] public partial class M{i};\n"
                    )
                );
                string source = new StructBatch(structs).CSharp + maps;
                ExportedHeaderText header = new(source);
                string[] differences = header.DifferencesAsync().GetAwaiter().GetResult();
                Assert.True(differences.Length == 0, string.Join('\n', differences) + "\n" + source + "\n" + header.Text);
                Assert.Equal(structs.Length, header.Objects().Maps.Count);
            },
            iter: Batches,
            threads: 1
        );
    }
}
