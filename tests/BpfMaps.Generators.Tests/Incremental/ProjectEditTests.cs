using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Reason = Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace BpfMaps.Generators.Tests.Incremental;

/// <summary>Edits of a project: the number, order and names of files, the options, the references, and the referenced projects.</summary>
public sealed class ProjectEditTests
{
    private const string Flow = """
        using BpfMaps;
        namespace Acme;
        [BpfMap(Type = BpfMapType.Queue)] public partial struct Flow { public ulong Packets; }
        """;

    private const string More = "namespace Acme; public partial struct Flow { public uint Errors; }";

    [Fact]
    public void FilesInAnotherOrder_AreSeen()
    {
        EditedProject project = EditedProject.Open(("Flow.cs", Flow), ("More.cs", More), ("Other.cs", "class Other;"));
        Changes(project, static compilation => compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Reverse()));
    }

    [Fact]
    public void FileThatIsAdded_IsSeen()
    {
        EditedProject project = EditedProject.Open(("Flow.cs", Flow));
        Changes(
            project,
            static compilation => compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(More, Generation.ParseOptions, "More.cs"))
        );
    }

    [Fact]
    public void FileThatIsRemoved_IsSeen()
    {
        EditedProject project = EditedProject.Open(("Flow.cs", Flow), ("More.cs", More));
        Changes(project, compilation => compilation.RemoveSyntaxTrees(project["More.cs"]));
    }

    /// <summary>Generated files are not parts of the user's class. They are recognized by name.</summary>
    [Fact]
    public void FileWithAnotherName_IsSeen()
    {
        EditedProject project = EditedProject.Open(("Flow.cs", Flow), ("FlowMap.cs", "namespace Acme; public sealed class FlowMap;"));
        Changes(
            project,
            compilation => compilation.ReplaceSyntaxTree(project["FlowMap.cs"], project["FlowMap.cs"].WithFilePath("FlowMap.BpfMap.g.cs"))
        );
    }

    [Fact]
    public void SymbolsOfThePreprocessor_AreSeen()
    {
        EditedProject project = EditedProject.Open(
            (
                "Flow.cs",
                Flow.Replace(
                    "public ulong Packets;",
                    "\n#if WIDE\npublic ulong Packets;\n#else\npublic uint Packets;\n#endif\n",
                    StringComparison.Ordinal
                )
            )
        );
        Changes(
            project,
            compilation =>
                compilation.ReplaceSyntaxTree(
                    project["Flow.cs"],
                    CSharpSyntaxTree.ParseText(
                        project["Flow.cs"].ToString(),
                        Generation.ParseOptions.WithPreprocessorSymbols("WIDE"),
                        "Flow.cs",
                        cancellationToken: TestContext.Current.CancellationToken
                    )
                )
        );
    }

    [Fact]
    public void LanguageVersion_IsSeen()
    {
        EditedProject project = EditedProject.Open(
            (
                "Flow.cs",
                Flow.Replace("public ulong Packets;", "public ulong Packets; public uint Last { get => field; }", StringComparison.Ordinal)
            )
        );
        Changes(
            project,
            compilation =>
                compilation.ReplaceSyntaxTree(
                    project["Flow.cs"],
                    CSharpSyntaxTree.ParseText(
                        project["Flow.cs"].ToString(),
                        Generation.ParseOptions.WithLanguageVersion(LanguageVersion.CSharp12),
                        "Flow.cs",
                        cancellationToken: TestContext.Current.CancellationToken
                    )
                )
        );
    }

    /// <summary>The same nodes may have another meaning in another version.</summary>
    [Fact]
    public void OptionsOfAFile_AreSeen()
    {
        EditedProject project = EditedProject.Open(("Flow.cs", Flow));
        project.Change(compilation =>
            compilation.ReplaceSyntaxTree(
                project["Flow.cs"],
                project["Flow.cs"]
                    .WithRootAndOptions(
                        project["Flow.cs"].GetRoot(TestContext.Current.CancellationToken),
                        Generation.ParseOptions.WithLanguageVersion(LanguageVersion.CSharp13)
                    )
            )
        );
        Assert.Equal(Reason.Unchanged, project.Parse());
    }

    [Fact]
    public void AnotherVersionOfAReference_IsSeen()
    {
        MetadataReference first = Library("public struct Part { public uint Id; }"),
            second = Library("public struct Part { public ulong Id; }");
        EditedProject project = EditedProject.Open(("Flow.cs", Flow.Replace("ulong Packets", "Part Part", StringComparison.Ordinal)));
        project.Change(compilation => compilation.AddReferences(first));
        Changes(project, compilation => compilation.ReplaceReference(first, second));
    }

    [Fact]
    public void AliasOfAReference_IsSeen()
    {
        MetadataReference reference = Library("public struct Part { public uint Id; }");
        EditedProject project = EditedProject.Open(("Flow.cs", Flow.Replace("ulong Packets", "Part Part", StringComparison.Ordinal)));
        project.Change(compilation => compilation.AddReferences(reference));
        Changes(project, compilation => compilation.ReplaceReference(reference, reference.WithAliases(["Elsewhere"])));
    }

    [Fact]
    public void OptionsOfTheCompilation_AreSeen()
    {
        EditedProject project = EditedProject.Open(("Flow.cs", Flow));
        project.Change(static compilation =>
            compilation.WithOptions(compilation.Options.WithMetadataImportOptions(MetadataImportOptions.All))
        );
        Assert.Equal(Reason.Unchanged, project.Parse());
    }

    /// <summary>Access to internal types of another assembly depends on assembly names.</summary>
    [Fact]
    public void AnotherName_IsSeen()
    {
        MetadataReference reference = Library(
            """[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("User")] internal struct Part { public uint Id; }"""
        );
        EditedProject project = EditedProject.Open(
            ("Flow.cs", "using BpfMaps; [BpfMap(Type = BpfMapType.Queue, Value = typeof(Part))] internal sealed partial class Parts;")
        );
        project.Change(compilation => compilation.AddReferences(reference));
        Changes(project, static compilation => compilation.WithAssemblyName("Stranger"));
    }

    [Fact]
    public void EditOfAReferencedProject_IsSeenWhereItMatters()
    {
        const string Part = "namespace Other; public struct Part { public uint Id; public uint Twice() => Id * 2; }";
        EditedProject project = EditedProject.Open(("Flow.cs", Flow.Replace("ulong Packets", "Other.Part Part", StringComparison.Ordinal)));
        CSharpCompilation other = Other(Part);
        CompilationReference reference = other.ToMetadataReference();
        project.Change(compilation => compilation.AddReferences(reference));
        Assert.Contains("Id", project.Generated.Single().Text, StringComparison.Ordinal);

        reference = Edit(reference, Part.Replace("Id * 2", "Id + Id", StringComparison.Ordinal));
        EditTests.AssertNothingRan(project);

        reference = Edit(reference, Part.Replace("uint Id", "ulong Id", StringComparison.Ordinal));
        Assert.Equal(Reason.Modified, project.Parse());
        Assert.Equal(project.GeneratedFresh(), project.Generated);

        CompilationReference Edit(CompilationReference before, string text)
        {
            CompilationReference after = Other(text).ToMetadataReference();
            project.Change(compilation => compilation.ReplaceReference(before, after));
            return after;
        }

        static CSharpCompilation Other(string text) => Generation.Compile(text).WithAssemblyName("Other");
    }

    [Fact]
    public void OldCompilations_AreNotKept()
    {
        EditedProject project = EditedProject.Open(EditTests.Files);
        List<WeakReference> old = [];
        string number = "number * 2";
        for (int edit = 0; edit < 3; edit++)
        {
            old.Add(Weak(project));
            project.Edit("Flow.cs", number, number = $"number * {edit + 10}");
            Assert.Equal(Reason.Cached, project.Parse());
        }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(old, static reference => Assert.False(reference.IsAlive));
        GC.KeepAlive(project);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Weak(EditedProject project) => new(project.Compilation);
    }

    private static void Changes(EditedProject project, Func<CSharpCompilation, CSharpCompilation> change)
    {
        ImmutableArray<(string, string)> first = project.Generated;
        project.Change(change);
        Assert.Equal(project.GeneratedFresh(), project.Generated);
        Assert.NotEqual(first, project.Generated);
    }

    private static PortableExecutableReference Library(string source)
    {
        CSharpCompilation library = Generation.Compile(source).WithAssemblyName("Library");
        library = library.WithOptions(library.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = library.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
