using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using BpfMaps.Generators.Analyzers;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace BpfMaps.CodeFixes.Tests.Harness;

/// <summary>
/// Compares the layouts of structs before and after their padding was declared, as computed by the generator and the CLR.
/// </summary>
internal static class Layouts
{
    public static async Task CheckPadded(string source, string @fixed)
    {
        TestFileMarkupParser.GetSpans(source, out string plain, out ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan> _);
        CSharpCompilation before = Compile(plain);
        CSharpCompilation after = Compile(@fixed);
        await CheckWarnings(after);
        Dictionary<string, int> sizesBefore = SizesOf(before);
        Dictionary<string, int> sizesAfter = SizesOf(after);
        Assert.NotEmpty(sizesBefore);
        Assert.Equal(sizesBefore, sizesAfter);
        foreach ((string name, int size) in sizesBefore)
        {
            TypeLayout old = LayoutOf(before, name);
            TypeLayout padded = LayoutOf(after, name);
            Assert.Equal(size, padded.Size);
            Assert.Equal((old.Size, old.Alignment), (padded.Size, padded.Alignment));
            Assert.Equal(
                old.Fields.Select(static f => (f.Name, f.Offset, f.Size)),
                padded.Fields.Where(f => old.Fields.Any(o => o.Name == f.Name)).Select(static f => (f.Name, f.Offset, f.Size))
            );
            Assert.Empty(Padding.Own(padded));
        }
    }

    /// <summary>Fails if the compiler warns about padding fields, which are private and unused.</summary>
    private static async Task CheckWarnings(CSharpCompilation compilation)
    {
        CompilationWithAnalyzers analyzed = compilation.WithAnalyzers([new LaidOutFieldSuppressor()]);
        ImmutableArray<Diagnostic> all = await analyzed.GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Empty(all.Where(static d => !d.IsSuppressed && d.Id is "CS0169" or "CS0649" or "CS0414"));
    }

    private static CSharpCompilation Compile(string source)
    {
        CSharpCompilation compilation = Generation.Compile(Generation.Usings + source, allowUnsafe: true);
        return compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));
    }

    private static TypeLayout LayoutOf(CSharpCompilation compilation, string metadataName)
    {
        Reporter silent = new(compilation, Location.None, listener: null);
        IAssemblySymbol runtime = compilation.GetTypeByMetadataName(SymbolFacts.MapAttribute)!.ContainingAssembly;
        return new LayoutParser(runtime, silent, CancellationToken.None).Parse(
            compilation.Assembly.GetTypeByMetadataName(metadataName)!,
            Location.None
        )!;
    }

    private static Dictionary<string, int> SizesOf(CSharpCompilation compilation)
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        AssemblyLoadContext context = new(null, isCollectible: true);
        try
        {
            MethodInfo sizeOf = typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!;
            return context
                .LoadFromStream(image)
                .GetTypes()
                .Where(static t => t is { IsValueType: true, IsGenericType: false, Namespace: null } && !t.Name.StartsWith('<'))
                .ToDictionary(static t => t.FullName!, t => (int)sizeOf.MakeGenericMethod(t).Invoke(null, null)!);
        }
        finally
        {
            context.Unload();
        }
    }
}
