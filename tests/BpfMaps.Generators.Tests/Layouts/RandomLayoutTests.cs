using BpfMaps.Tests;
using CsCheck;

namespace BpfMaps.Generators.Tests.Layouts;

/// <summary>Computed layouts match those of the CLR and clang.</summary>
public sealed class RandomLayoutTests
{
    // Each batch is a compilation. They run one at a time, because build machines have few cores.
    private const int Batches = 40;

    [Fact]
    public void SizesOffsetsAndGaps_AreThoseAtRunTime() =>
        StructDeclaration.Batches.Sample(
            static structs =>
            {
                StructBatch batch = new(structs);
                string[] computed = batch.Computed(),
                    actual = batch.AtRunTime();
                for (int i = 0; i < computed.Length; i++)
                    Assert.True(computed[i] == actual[i], $"S{i}\ncomputed: {computed[i]}\nruntime:  {actual[i]}\n{batch.CSharp}");
            },
            iter: Batches,
            threads: 1
        );

    [Fact]
    public void SizesAndOffsets_AreThoseOfClang()
    {
        Require.Clang();
        StructDeclaration.Batches.Sample(
            static structs =>
            {
                string source = new StructBatch(structs).C();
                string file = Path.GetTempFileName();
                File.WriteAllText(file, source);
                (int exitCode, _, string errors) = Processes.TryRun("clang", "-target", "bpf", "-fsyntax-only", "-x", "c", file);
                File.Delete(file);
                Assert.True(exitCode == 0, errors + "\n" + source);
            },
            iter: Batches,
            threads: 1
        );
    }
}
