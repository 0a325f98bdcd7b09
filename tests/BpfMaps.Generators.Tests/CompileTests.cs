using System.Collections.Immutable;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests;

/// <summary>Generated code compiles without warnings in any context.</summary>
public sealed class CompileTests
{
    private const string Rivals =
        "public class RawMap; public class BpfTypeLayout; public class BpfMapSchema; public class BpfFieldLayout;";

    [Theory]
    [InlineData("System")]
    [InlineData("BpfMaps")]
    [InlineData("Acme.System")]
    [InlineData("Acme.BpfMaps.Span")]
    [InlineData("System.Runtime.CompilerServices")]
    public void HostileNamespaces_DoNotMatter(string space) =>
        Generation.RunClean(
            $$"""
            namespace {{space}}
            {
                public class System; public class Span; public class BpfMaps; public class Microsoft; public class UInt64; public class Host; {{(
                space == "BpfMaps" ? "" : Rivals
            )}}

                [global::BpfMaps.BpfMap(Type = global::BpfMaps.BpfMapType.PerCpuHash, Key = typeof(uint))]
                public struct Flow { public ulong Packets; public global::BpfMaps.Bytes16 Data; public Schema Schema; }
                public struct Schema { public uint raw, host, path, total, value; }
            }
            """
        );

    [Fact]
    public void UserTypesCalledLikeNamespaces_DoNotMatter() =>
        Generation.RunClean(
            """
            using BpfMaps;
            public partial class Outer
            {
                public class System; public class BpfMaps; public class global; public class Schema; public class Create;
                [BpfMap(Type = BpfMapType.Queue)] public struct Job { public uint Id; }
            }
            """
        );

    [Fact]
    public void NamesThatDifferOnlyByCase_GetTwoFiles()
    {
        GeneratorDriver driver = Generation.RunClean(
            """
            using BpfMaps;
            [BpfMap(Type = BpfMapType.Queue, Name = "a")] public struct Job { public uint Id; }
            [BpfMap(Type = BpfMapType.Queue, Name = "b")] public struct JOB { public uint Id; }
            namespace job { [BpfMap(Type = BpfMapType.Queue, Name = "c")] public struct map { public uint Id; } }
            public static partial class Job2 { [BpfMap(Type = BpfMapType.Queue, Name = "d")] public struct Map { public uint Id; } }
            """
        );
        ImmutableArray<GeneratedSourceResult> sources = driver.Sources();
        Assert.Equal(4, sources.Select(static s => s.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(sources, static s => Assert.Matches("^[A-Za-z0-9._]+\\.BpfMap\\.g\\.cs$", s.HintName));
    }

    [Fact]
    public void ObsoleteTypes_WarnTheUserAndNotTheGeneratedFile() =>
        Generation.RunClean(
            """
            using System;
            using BpfMaps;
            [Obsolete] public struct Old { public uint Id; }
            #pragma warning disable CS0612
            [BpfMap(Type = BpfMapType.PerCpuHash, Key = typeof(Old))] public struct Job { [Obsolete] public uint Id; public ulong Count; }
            """
        );

    [Fact]
    public void ClsCompliantAssembly_GetsNoWarning() =>
        Generation.RunClean(
            """
            using System;
            using BpfMaps;
            [assembly: CLSCompliant(true)]
            [BpfMap(Type = BpfMapType.Queue)] [CLSCompliant(false)] public struct Job { public uint Id; }
            """
        );

    [Theory]
    [InlineData("public", "public", "public")]
    [InlineData("public", "internal", "internal")]
    [InlineData("internal", "public", "internal")]
    [InlineData("", "", "internal")]
    public void TopLevelClass_IsAsAccessibleAsStructAndKey(string value, string key, string expected)
    {
        string source = Generation.GenerateOne(
            $$"""
            using BpfMaps;
            {{key}} struct Id { public uint X; }
            [BpfMap(Type = BpfMapType.Hash, Key = typeof(Id))] {{value}} struct Job { public uint Id; }
            """
        );
        Assert.Contains($"\n{expected} sealed partial class JobMap ", source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public", "private", "private")]
    [InlineData("protected", "internal", "private protected")]
    [InlineData("protected internal", "protected", "protected")]
    [InlineData("private", "public", "private")]
    [InlineData("protected internal", "protected internal", "protected internal")]
    public void NestedClass_IsAsAccessibleAsStructAndKey(string value, string key, string expected)
    {
        string source = Generation.GenerateOne(
            $$"""
            using BpfMaps;
            public partial class Outer
            {
                {{key}} struct Id { public uint X; }
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(Id))] {{value}} struct Job { public uint Id; }
            }
            """
        );
        Assert.Contains($"    {expected} sealed partial class JobMap ", source, StringComparison.Ordinal);
    }

    [Fact]
    public void UserPartOfTheGeneratedClass_DecidesItsAccessibility() =>
        Generation.RunClean(
            """
            using BpfMaps;
            [BpfMap(Type = BpfMapType.Queue)] public struct Job { public uint Id; }
            internal partial class JobMap { public int Extra => 1; }
            [BpfMap(Type = BpfMapType.Queue)] public struct Task { public uint Id; }
            partial class TaskMap { public int Extra => 1; }
            """
        );

    [Fact]
    public void EveryKind_CompilesInBothForms()
    {
        foreach (
            string kind in new[]
            {
                "Hash",
                "LruHash",
                "PerCpuHash",
                "LruPerCpuHash",
                "Array",
                "PerCpuArray",
                "Queue",
                "Stack",
                "BloomFilter",
                "LpmTrie",
            }
        )
        {
            string key =
                kind == "LpmTrie" ? ", Key = typeof(LpmKey<uint>)"
                : kind.EndsWith("Hash", StringComparison.Ordinal) ? ", Key = typeof(ulong)"
                : "";
            Generation.RunClean(
                $$"""
                using BpfMaps;
                [BpfMap(Type = BpfMapType.{{kind}}{{key}}, Name = "a")] public struct Job { public uint Id; }
                [BpfMap(Type = BpfMapType.{{kind}}{{key}}, Value = typeof(Job), MaxEntries = 7, Name = "b")] public partial class Jobs { public static Jobs Make() => Create(); }
                public static class User { public static JobMap Make() => JobMap.Create(7); }
                """
            );
        }
    }

    [Fact]
    public void EveryKindThatHoldsSomething_Compiles()
    {
        string[] declarations =
        [
            "ArrayOfMaps, Inner = typeof(Hits)",
            "HashOfMaps, Key = typeof(ulong), Inner = typeof(Hits)",
            "ProgArray",
            "DevMap",
            "DevMap, ValueSize = 4",
            "DevMapHash",
            "XskMap",
            "SockMap",
            "SockHash, Key = typeof(ulong)",
            "ReusePortSockArray, ValueSize = 8",
            "CgroupArray",
            "StackTrace",
            "StackTrace, ValueSize = 160",
            "StackTrace, Flags = BpfMapFlags.StackBuildId",
        ];
        foreach (string arguments in declarations)
        {
            Generation.RunClean(
                $$"""
                using BpfMaps;
                [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint))] public struct Hits { public ulong Count; }
                [BpfMap(Type = BpfMapType.{{arguments}}, Name = "a")] public sealed partial class Asking { public static Asking Make() => Create(7); }
                [BpfMap(Type = BpfMapType.{{arguments}}, MaxEntries = 7, Name = "b")] internal partial class Declaring { public static Declaring Make() => Create(); }
                """
            );
        }
    }

    [Fact]
    public void OpeningById_TakesAnAccessAndAHost() =>
        Generation.RunClean(
            """
            using BpfMaps;
            [BpfMap(Type = BpfMapType.Queue, Value = typeof(uint))] public sealed partial class Jobs;
            public static class User
            {
                public static Jobs[] Open(BpfHost? host) =>
                [
                    Jobs.OpenById(1), Jobs.OpenById(1, default), Jobs.OpenById(1, host: null), Jobs.OpenById(1, host: host), Jobs.OpenById(host: host, id: 1),
                    Jobs.OpenById(1, BpfMapAccess.ReadOnly), Jobs.OpenById(1, access: BpfMapAccess.ReadOnly), Jobs.OpenById(1, BpfMapAccess.ReadOnly, host),
                ];
            }
            """
        );

    [Fact]
    public void CpuMap_AsksForNoCapacity() =>
        Generation.RunClean(
            """
            using BpfMaps;
            [BpfMap(Type = BpfMapType.CpuMap)] public sealed partial class Cpus { public static Cpus Make() => Create(); }
            """
        );

    [Fact]
    public void InnerMapsOfAReferencedAssembly_AreOpenedAsThere()
    {
        GeneratorDriver driver = Generation
            .CreateDriver()
            .RunGeneratorsAndUpdateCompilation(
                Generation.Compile(
                    """
                    using BpfMaps;
                    namespace Library;
                    [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint))] public struct Hits { public ulong Count; }
                    public partial class Outer { [BpfMap(Type = BpfMapType.Queue, Value = typeof(uint))] public sealed partial class Jobs; }
                    """
                ),
                out Compilation library,
                out _,
                TestContext.Current.CancellationToken
            );
        Assert.NotEmpty(driver.Sources());
        using MemoryStream image = new();
        Assert.True(
            library
                .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
                .Emit(image, cancellationToken: TestContext.Current.CancellationToken)
                .Success
        );
        CSharpCompilation user = Generation
            .Compile(
                """
                using BpfMaps;
                [BpfMap(Type = BpfMapType.ArrayOfMaps, Inner = typeof(Library.Hits), MaxEntries = 4)] public sealed partial class Shards;
                [BpfMap(Type = BpfMapType.ArrayOfMaps, Inner = typeof(Library.Outer.Jobs), MaxEntries = 4)] public sealed partial class Queues;
                """
            )
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        GeneratorDriver generated = Generation
            .CreateDriver()
            .RunGeneratorsAndUpdateCompilation(user, out Compilation output, out _, TestContext.Current.CancellationToken);
        Assert.Equal(2, generated.Sources().Length);
        Assert.Empty(
            output
                .GetDiagnostics(TestContext.Current.CancellationToken)
                .Where(static d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS1591")
        );
        Assert.Contains(
            "global::BpfMaps.BpfArrayOfMaps<global::Library.HitsMap>",
            generated.Sources()[0].SourceText.ToString() + generated.Sources()[1].SourceText,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void FieldsOfAReferencedAssembly_AreLaidOutAsThere()
    {
        CSharpCompilation library = Generation
            .Compile(
                """
                using System.Runtime.InteropServices;
                using BpfMaps;
                [StructLayout(LayoutKind.Sequential, Pack = 2)] public struct Packed { private byte _a; public uint B; public record struct Pair(byte X, ulong Y); public Pair C { get; set; } }
                [StructLayout(LayoutKind.Explicit, Size = 24)] public struct Union { [FieldOffset(0)] public ulong A; [FieldOffset(4)] private uint _b; }
                public unsafe struct Fixed { public byte A; public fixed ushort B[3]; }
                """,
                allowUnsafe: true
            )
            .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        using MemoryStream image = new();
        Assert.True(library.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        CSharpCompilation user = Generation
            .Compile(
                """
                using BpfMaps;
                [BpfMap(Type = BpfMapType.Queue)] public struct Job { public byte First; public Packed Packed; public Union Union; public Fixed Fixed; }
                """
            )
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        string source = Generation
            .CreateDriver()
            .RunGenerators(user, TestContext.Current.CancellationToken)
            .Sources()
            .Single()
            .SourceText.ToString();
        Assert.Contains("""Struct("Job", 56, 8,""", source, StringComparison.Ordinal);
        Assert.Contains(
            """("Packed", 2, global::BpfMaps.Metadata.BpfTypeLayout.Struct("Packed", 22, 2,""",
            source,
            StringComparison.Ordinal
        );
        Assert.Contains("""("C", 6, global::BpfMaps.Metadata.BpfTypeLayout.Struct("Pair", 16, 8,""", source, StringComparison.Ordinal);
        Assert.Contains(
            """("Union", 24, global::BpfMaps.Metadata.BpfTypeLayout.Struct("Union", 24, 8,""",
            source,
            StringComparison.Ordinal
        );
        Assert.Contains("""("_b", 4, global::BpfMaps.Metadata.BpfTypeLayout.Of<uint>())""", source, StringComparison.Ordinal);
        Assert.Contains("""("B", 2, global::BpfMaps.Metadata.BpfTypeLayout.Of<ushort>(), 3)""", source, StringComparison.Ordinal);
    }
}
