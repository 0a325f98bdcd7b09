using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Generators.Tests.Layouts;
using BpfMaps.Metadata;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Tests;

/// <summary>
/// For random declarations, either an error is reported, or the generated code compiles and the runtime library accepts its layouts.
/// </summary>
public sealed class RandomDeclarationTests
{
    private static readonly string[] s_types =
    [
        "uint",
        "ulong",
        "byte",
        "bool",
        "string",
        "int[]",
        "nint",
        "Be32",
        "BpfText<Bytes16>",
        "LpmKey<uint>",
        "LpmKey<Bytes16>",
        "DayOfWeek",
        "Guid",
        "BpfSpinLock",
        "Padded",
        "Guarded",
        "Empty",
        "Union",
        "Missing",
        "Auto",
        "Huge",
        "Generic<ushort>",
    ];

    private static readonly Gen<string> s_type = Gen.Int[0, s_types.Length - 1].Select(static i => s_types[i]);

    private static readonly Gen<string> s_flag = Gen.Int[0, 18].Select(static b => $"(BpfMapFlags){1u << b}");

    private static readonly Gen<string> s_argument = Gen.OneOf(
        s_type.Select(static t => $"Key = typeof({t})"),
        Gen.Int[0, 20].Select(static n => $"KeySize = {n}"),
        Gen.Int[0, 24].Select(static n => $"ValueSize = {n}"),
        Gen.Int[0, 9000].Select(static n => $"MaxEntries = {n}"),
        Gen.Select(s_flag, s_flag).Select(static (a, b) => $"Flags = {a} | {b}"),
        Gen.Int[0, 3]
            .Select(static n =>
                n switch
                {
                    0 => "Name = \"ok\"",
                    1 => "Name = \"not-ok\"",
                    2 => "Name = null",
                    _ => "Name = \"much_too_long_a_name\"",
                }
            ),
        Gen.Int[0, 6]
            .Select(static n =>
                $"Inner = typeof({n switch { 0 => "Known", 1 => "KnownClass", 2 => "Nested", 3 => "Missing", 4 => "Padded", _ => "Map" }})"
            ),
        Gen.Int[0, 2]
            .Select(static n =>
                n switch
                {
                    0 => "ClassName = \"Chosen\"",
                    1 => "ClassName = \"1\"",
                    _ => "ClassName = \"Schema\"",
                }
            )
    );

    private static readonly Gen<string> s_field = Gen.Select(s_type, Gen.Int[0, 3], Gen.Int[0, 5])
        .Select(
            static (type, access, aggregation) =>
                $"{(aggregation < 5 ? $"[BpfAggregate((Aggregation){aggregation})] " : "")}{(access == 0 ? "private" : access == 1 ? "internal" : "public")} {type}"
        );

    private static readonly Gen<string> s_declaration = Gen.Select(
            Gen.Int[0, 33],
            s_argument.Array[0, 4],
            s_field.Array[0, 4],
            Gen.Int[0, 3],
            s_type,
            Gen.Bool
        )
        .Select(
            static (kind, arguments, fields, form, value, hasKey) =>
            {
                (bool isClass, bool hasValue) = (form < 2, form == 0);
                string attribute =
                    $"[BpfMap({string.Join(", ", arguments.DistinctBy(static a => a.Split(' ')[0]).Prepend($"Type = (BpfMapType){kind}"))}{(hasValue ? $", Value = typeof({value})" : "")})]";
                string body =
                    string.Concat(fields.Select(static (f, i) => $"{f} F{i}; "))
                    + (hasKey ? "public struct Key { public uint Id; public byte Kind; } " : "");
                return isClass
                    ? $"{attribute} public partial class Map {{ {(hasKey ? "public struct Key { public ulong Id; }" : "")} }}"
                    : $"{attribute} public struct Map {{ {body}}}";
            }
        );

    private const int KnownMaps = 3;

    private const string Types = """
        using System; using System.Runtime.CompilerServices; using System.Runtime.InteropServices; using BpfMaps;
        public struct Padded { public byte A; public ulong B; }
        public struct Guarded { public BpfSpinLock Lock; public uint A; }
        public struct Empty;
        [StructLayout(LayoutKind.Explicit)] public struct Union { [FieldOffset(0)] public uint A; [FieldOffset(0)] public ushort B; }
        [StructLayout(LayoutKind.Auto)] public struct Auto { public byte A; public ulong B; }
        [InlineArray(5 << 20)] public struct Huge { private byte _first; }
        public struct Generic<T> { public T A, B; }
        [BpfMap(Type = BpfMapType.Hash, Key = typeof(uint))] public struct Known { public ulong Count; }
        [BpfMap(Type = BpfMapType.Array, Value = typeof(uint), MaxEntries = 4)] public sealed partial class KnownClass;
        [BpfMap(Type = BpfMapType.ArrayOfMaps, Inner = typeof(Known))] public sealed partial class Nested;

        """;

    [Fact]
    public void Parser_ReturnsNullExactlyWhenItReports() =>
        s_declaration.Sample(static declaration => Diagnose.CheckParity(Generation.Compile(Types + declaration)), iter: 400, threads: 1);

    [Fact]
    public void Declarations_AreReportedOrCompile() =>
        s_declaration.Sample(
            static declaration =>
            {
                if (declaration.Contains("Missing", StringComparison.Ordinal))
                    return;
                Generation
                    .CreateDriver()
                    .RunGeneratorsAndUpdateCompilation(Generation.Compile(Types + declaration), out Compilation output, out _);
                bool isGenerated = output.SyntaxTrees.Count() > 1 + KnownMaps;
                Diagnostic[] reported = [.. output.WithAnalyzers([new MapDeclarationAnalyzer()]).GetAnalyzerDiagnosticsAsync().Result];
                Diagnostic[] problems =
                [
                    .. output
                        .GetDiagnostics()
                        .Where(static d => d.Location.SourceTree?.FilePath != "User.cs" && d.Severity == DiagnosticSeverity.Error),
                ];
                // A declaration with errors also has a class, if its name and types are known.
                Assert.True(isGenerated || reported.Length > 0, $"{declaration}\n{string.Join('\n', (object[])reported)}");
                Assert.True(problems.Length == 0, $"{declaration}\n{string.Join('\n', (object[])problems)}");
            },
            iter: 150,
            threads: 1
        );

    [Fact]
    public void Schemas_AgreeWithTheRuntimeOnSizesAndPadding() =>
        StructDeclaration.Batches.Sample(
            static structs =>
            {
                string source = new StructBatch(structs).CSharp;
                string maps = string.Concat(
                    structs.Select(
                        static (_, i) =>
                            $"[BpfMap(Type = BpfMapType.Queue, Value = typeof(S{i}), Name = \"m\")] public partial class M{i};\n"
                    )
                );
                using LoadedCode code = new(source + maps);
                Dictionary<string, bool> padded = Padded(source + maps);
                for (int i = 0; i < structs.Length; i++)
                {
                    BpfTypeLayout layout = code.SchemaOf("M" + i).Value!;
                    Assert.Equal(((int[])code.Call("Probe", "S" + i)!)[0], layout.Size);
                    Assert.True(padded["M" + i] == layout.HasPadding, $"S{i} has padding: the runtime says {layout.HasPadding}\n{source}");
                }
            },
            iter: 20,
            threads: 1
        );

    private static Dictionary<string, bool> Padded(string source)
    {
        CSharpCompilation compilation = Generation.Compile(source, allowUnsafe: true);
        return compilation
            .GetSymbolsWithName(static n => n.StartsWith('M'), SymbolFilter.Type)
            .Cast<INamedTypeSymbol>()
            .ToDictionary(
                static t => t.Name,
                t =>
                {
                    MapSpec spec = Parsing.MapParser.Parse(
                        t,
                        Parsing.SymbolFacts.FindMapAttribute(t)!,
                        compilation,
                        report: null,
                        CancellationToken.None
                    )!;
                    bool[] covered = new bool[spec.Value!.Size];
                    Cover(spec.Value, 0, covered);
                    return covered.Contains(false);
                }
            );
    }

    // A byte is padding if no field of any depth has it: in a union, padding of one member may be a field of another.
    private static void Cover(TypeLayout layout, int offset, bool[] covered)
    {
        if (!layout.IsComposite)
            covered.AsSpan(offset, layout.Size).Fill(true);
        foreach (FieldLayout field in layout.Fields)
        {
            for (int i = 0; i < Math.Max(field.Count, 1); i++)
                Cover(field.Type, offset + field.Offset + (i * field.Type.Size), covered);
        }
    }
}
