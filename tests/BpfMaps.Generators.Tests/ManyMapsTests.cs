using System.Diagnostics;
using System.Text;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests;

public sealed class ManyMapsTests(ITestOutputHelper log)
{
    [Fact]
    public void ThousandStructs_AreAllGenerated()
    {
        const int Count = 1000;
        StringBuilder source = new("using BpfMaps;\nnamespace Acme;\n");
        for (int i = 0; i < Count; i++)
        {
            source.Append(
                $$"""
                [BpfMap(Type = BpfMapType.{{(i % 2 == 0 ? "Hash" : "PerCpuHash")}}, MaxEntries = 1024, ValueSize = 24)]
                public struct Flow{{i}} { public struct Key { public uint A, B; public ushort C, D; } public ulong X, Y; public uint Z; }

                """
            );
        }
        CSharpCompilation compilation = Generation.Compile(source.ToString());
        GeneratorDriver driver = Generation.CreateDriver();

        // Printed instead of asserted, so that a busy machine does not fail the test. The first run includes binding.
        Stopwatch clock = Stopwatch.StartNew();
        driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);
        log.WriteLine($"first run: {clock.ElapsedMilliseconds} ms");
        clock.Restart();
        GeneratorDriver again = driver.RunGenerators(
            compilation.AddSyntaxTrees(
                CSharpSyntaxTree.ParseText(
                    "class Unrelated;",
                    Generation.ParseOptions,
                    cancellationToken: TestContext.Current.CancellationToken
                )
            ),
            TestContext.Current.CancellationToken
        );
        log.WriteLine($"after an unrelated edit: {clock.ElapsedMilliseconds} ms");

        Assert.Equal(Count, driver.Sources().Length);
        Assert.Equal(Count, again.Sources().Length);
        Assert.All(
            again.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(static s => s.Value).SelectMany(static s => s.Outputs),
            static o => Assert.Equal(IncrementalStepRunReason.Cached, o.Reason)
        );
    }
}
