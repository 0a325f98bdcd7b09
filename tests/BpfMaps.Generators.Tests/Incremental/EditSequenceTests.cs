using System.Collections.Immutable;
using BpfMaps.Generators.Tests.Harness;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests.Incremental;

/// <summary>
/// Long random sequences of edits of a project: new types, parts, aliases, usings, constants, nested declarations, primary constructors,
/// references and options. After each edit, incremental output equals the output of a new driver.
/// </summary>
public sealed class EditSequenceTests
{
    private const int EditsPerProject = 100;
    private const int ProjectsPerRun = 30;

    /// <summary>Files that are added, replaced by their alternatives, and removed.</summary>
    private static readonly (string Path, string[] Texts)[] s_files =
    [
        (
            "Nearer.cs",
            [
                "namespace Acme.Net; public struct Inner { public long Nearer; }",
                "namespace Acme.Net; public struct Seeded { public string Text; }",
            ]
        ),
        (
            "Constants.cs",
            [
                "namespace Acme.Net; static class Limits { public const int Length = 5; }",
                "namespace Acme.Net; static class Limits { public const int Length = 6; }",
            ]
        ),
        (
            "Classes.cs",
            [
                "namespace Acme.Net; public partial class FlowMap;",
                "namespace Acme.Net; public class FlowMap;",
                "namespace Acme.Net; internal partial class FlowMap;",
            ]
        ),
        ("GlobalUsings.cs", ["global using Acme;", "global using Marked = BpfMaps.BpfMapAttribute;", "global using System.Text;"]),
        (
            "Third.cs",
            [
                "namespace Acme; public partial struct Split { public byte Third; }",
                "namespace Acme; public partial struct Split { public static byte Third; }",
            ]
        ),
        ("Nested.cs", [Nested("partial class"), Nested("class"), Nested("partial struct"), Nested("static partial class")]),
        (
            "Outer.cs",
            [
                "namespace Acme; public partial class Outer { public struct Job { } }",
                "namespace Acme; partial class Outer { int _count; int Next() => _count++; }",
            ]
        ),
        ("Primary.cs", [Primary("Id"), Primary("id"), Primary("Id + (int)nameof(id).Length")]),
        (
            "Marked.cs",
            [
                "[Marked(Type = BpfMaps.BpfMapType.Queue, MaxEntries = 2)] public struct Renamed { public uint Id; }",
                "[System.Obsolete] public struct Renamed { public uint Id; }",
            ]
        ),
        ("Spaces.cs", ["namespace Acme.BpfMaps { class Nearer; }", "namespace Acme.System { class Nearer; }"]),
        ("Code.cs", [Code("1"), Code("2 + 2"), Code("default"), "namespace Acme; class Code { }"]),
        (
            "Shared.cs",
            ["using BpfMaps; [BpfMap(Type = BpfMapType.Array, MaxEntries = 1)] public struct Shared { public Library.Part Part; }"]
        ),
        (
            "Conditional.cs",
            [
                "#if EXTRA\nnamespace Acme; public partial struct Split { public long Extra; }\n#endif",
                "#define EXTRA\n#if EXTRA\nnamespace Acme; public partial struct Split { public long Extra; }\n#endif",
            ]
        ),
    ];

    /// <summary>A referenced project, in several versions.</summary>
    private static readonly string[] s_library =
    [
        "public struct Part { public uint First; }",
        "public struct Part { public ulong First; }",
        "public struct Part { public uint First; public uint Sum() => First; }",
        "public class Part { }",
    ];

    /// <summary>The kind of edit, and what it chooses.</summary>
    private static readonly Gen<(int Kind, int Place, int Text)[]> s_edits = Gen.Select(
        Gen.Int[0, 9],
        Gen.Int[0, 1000],
        Gen.Int[0, 1000]
    ).Array[EditsPerProject];

    [Fact]
    public void EveryEdit_LeavesTheOutputOfANewDriver() =>
        s_edits.Sample(
            static edits =>
            {
                EditedProject project = EditedProject.Open(EditTests.Files);
                foreach ((int kind, int place, int text) in edits)
                {
                    string name = Apply(project, kind, place, text);
                    ImmutableArray<(string HintName, string Text)> expected = project.GeneratedFresh();
                    Assert.True(expected.SequenceEqual(project.Generated), $"The outputs differ after the edit '{name}'.");
                }
            },
            iter: ProjectsPerRun,
            threads: 1
        );

    private static string Apply(EditedProject project, int kind, int place, int text) =>
        kind switch
        {
            <= 5 => Write(project, s_files[place % s_files.Length], text),
            6 => Type(project, place),
            7 => ChangeLibrary(project, text),
            8 => ChangeOptions(project, text),
            _ => Reorder(project, place),
        };

    /// <summary>Adds a file, changes it, or removes it.</summary>
    private static string Write(EditedProject project, (string Path, string[] Texts) file, int text)
    {
        bool exists = project.Compilation.SyntaxTrees.Any(tree => tree.FilePath == file.Path);
        int chosen = text % (file.Texts.Length + 1);
        if (!exists)
            project.Add(file.Path, file.Texts[text % file.Texts.Length]);
        else if (chosen == file.Texts.Length)
            project.Remove(file.Path);
        else
            project.Write(file.Path, file.Texts[chosen]);
        return $"{file.Path} {chosen}";
    }

    /// <summary>Inserts or removes a character somewhere, as typing does, and leaves the file broken until the next edit of it.</summary>
    private static string Type(EditedProject project, int place)
    {
        SyntaxTree tree = project.Compilation.SyntaxTrees[place % project.Compilation.SyntaxTrees.Length];
        string text = tree.ToString();
        int at = text.Length == 0 ? 0 : place * 7 % text.Length;
        string original = EditTests.Files.FirstOrDefault(file => file.Path == tree.FilePath).Text ?? text;
        project.Write(
            tree.FilePath,
            place % 3 == 0 ? original
                : place % 3 == 1 || text.Length == 0 ? text.Insert(at, "x")
                : text.Remove(at, 1)
        );
        return $"typing in {tree.FilePath} at {at}";
    }

    private static string ChangeLibrary(EditedProject project, int text)
    {
        string source = "namespace Library; " + s_library[text % s_library.Length];
        CSharpCompilation library = Generation
            .Compile("")
            .RemoveAllSyntaxTrees()
            .WithAssemblyName("Library")
            .AddSyntaxTrees(
                CSharpSyntaxTree.ParseText(
                    source,
                    Generation.ParseOptions,
                    "Library.cs",
                    cancellationToken: TestContext.Current.CancellationToken
                )
            );
        project.Change(compilation =>
            compilation.WithReferences([
                .. compilation.References.Where(static reference => reference is not CompilationReference),
                library.ToMetadataReference(),
            ])
        );
        return source;
    }

    private static string ChangeOptions(EditedProject project, int text)
    {
        project.Change(compilation =>
            (text % 3) switch
            {
                0 => compilation.WithOptions(compilation.Options.WithAllowUnsafe(!compilation.Options.AllowUnsafe)),
                1 => compilation.WithAssemblyName(compilation.AssemblyName == "Other" ? "Tests" : "Other"),
                _ => compilation.WithOptions(
                    compilation.Options.WithNullableContextOptions(
                        compilation.Options.NullableContextOptions == NullableContextOptions.Enable
                            ? NullableContextOptions.Disable
                            : NullableContextOptions.Enable
                    )
                ),
            }
        );
        return $"options {text % 3}";
    }

    private static string Reorder(EditedProject project, int place)
    {
        project.Change(compilation =>
        {
            SyntaxTree moved = compilation.SyntaxTrees[place % compilation.SyntaxTrees.Length];
            return compilation.RemoveSyntaxTrees(moved).AddSyntaxTrees(moved);
        });
        return "the order of files";
    }

    private static string Nested(string keyword) =>
        $$"""
            using BpfMaps;
            namespace Acme;
            public {{keyword}} Outer
            {
                [BpfMap(Type = BpfMapType.Queue, MaxEntries = 4)] public struct Job { public uint Id; public Inner Part; }
            }
            """;

    private static string Primary(string expression) =>
        $$"""
            using BpfMaps;
            [BpfMap(Type = BpfMapType.Stack, MaxEntries = 4)]
            public struct Step(uint id) { public uint Id = id; public readonly long Next() => {{expression}}; }
            """;

    private static string Code(string expression) =>
        $$"""
            namespace Acme;
            class Code { int Next() => {{expression}}; int Count { get; set; } = {{expression}}; }
            """;
}
