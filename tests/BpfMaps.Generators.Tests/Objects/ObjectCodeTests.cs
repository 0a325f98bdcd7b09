using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using static BpfMaps.Generators.Tests.Harness.SnapshotVerifier;

namespace BpfMaps.Generators.Tests.Objects;

/// <summary>What is generated for a <c>[BpfObject]</c>; it compiles without a warning, in a project that allows no unsafe code.</summary>
public sealed class ObjectCodeTests
{
    [Fact]
    public Task Maps_Variables_Programs() => Verify(Run("""
        using BpfMaps;
        namespace Acme;
        [BpfObject("bpf/maps.bpf.o")] public sealed partial class Firewall;
        """, "maps.layout"));

    [Fact]
    public Task Structs_OfEveryShape() => Verify(Run("""
        using BpfMaps;
        namespace Acme;
        [BpfObject("structs.bpf.o")] internal sealed partial class Shapes;
        """, "structs.layout"));

    private static GeneratorDriver Run(string source, string fixture) =>
        Generation.RunClean(source, files: new TextFile("/obj/" + fixture.Replace(".layout", ".bpf.layout", StringComparison.Ordinal), TextFile.Fixture(fixture).Content));
}
