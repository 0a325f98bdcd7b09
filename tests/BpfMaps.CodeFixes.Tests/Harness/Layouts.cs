using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using BpfMaps.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace BpfMaps.CodeFixes.Tests.Harness;

/// <summary>Compares the layouts that structs have before and after their padding was named: by the generator's calculator, and by the CLR.</summary>
internal static class Layouts
{
    public static void CheckPadded(string source, string @fixed)
    {
        TestFileMarkupParser.GetSpans(source, out string plain, out ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan> _);
        CSharpCompilation before = Compile(plain);
        CSharpCompilation after = Compile(@fixed);
        // Warnings are errors there: private fields that nobody uses must not be new ones.
        Assert.Empty(after.GetDiagnostics(TestContext.Current.CancellationToken).Where(static d => d.Severity == DiagnosticSeverity.Error));

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
            Assert.Equal(old.Fields.Select(static f => (f.Name, f.Offset, f.Size)), padded.Fields.Where(f => old.Fields.Any(o => o.Name == f.Name)).Select(static f => (f.Name, f.Offset, f.Size)));
            Assert.Empty(Padding.Own(padded));
        }
    }

    private static CSharpCompilation Compile(string source)
    {
        CSharpCompilation compilation = Generation.Compile(Fix.Usings + source, allowUnsafe: true);
        return compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(
        [
            // Of the test's own sources, which the generator has not completed and nobody documents.
            new("CS1591", ReportDiagnostic.Suppress), new("CS8019", ReportDiagnostic.Suppress), new("CS0649", ReportDiagnostic.Suppress),
        ]));
    }

    private static TypeLayout LayoutOf(CSharpCompilation compilation, string metadataName)
    {
        Reporter silent = new(compilation, Location.None, listener: null);
        IAssemblySymbol runtime = compilation.GetTypeByMetadataName(SymbolFacts.MapAttribute)!.ContainingAssembly;
        return new LayoutParser(runtime, silent, CancellationToken.None).Parse(compilation.Assembly.GetTypeByMetadataName(metadataName)!, null, Location.None)!;
    }

    private static Dictionary<string, int> SizesOf(CSharpCompilation compilation)
    {
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = WithRuntimeInside(compilation).Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        AssemblyLoadContext context = new(null, isCollectible: true);
        try
        {
            MethodInfo sizeOf = typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!;
            return context.LoadFromStream(image).GetTypes()
                .Where(static t => t is { IsValueType: true, IsGenericType: false, Namespace: null } && !t.Name.StartsWith('<'))
                .ToDictionary(static t => t.FullName!, t => (int)sizeOf.MakeGenericMethod(t).Invoke(null, null)!);
        }
        finally
        {
            context.Unload();
        }
    }

    // One assembly that can be loaded alone.
    private static CSharpCompilation WithRuntimeInside(CSharpCompilation compilation)
    {
        Assembly assembly = typeof(Layouts).Assembly;
        IEnumerable<string> attributes = assembly.GetManifestResourceNames().Where(static n => n.StartsWith("Attributes/", StringComparison.Ordinal)).Select(n =>
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(n)!);
            return "global using System;\n" + reader.ReadToEnd();
        });
        return compilation
            .RemoveReferences(References.Runtime)
            .AddSyntaxTrees(attributes.Append(ContractStubs.Source).Select(static s => CSharpSyntaxTree.ParseText(s, Generation.ParseOptions)))
            .WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default));
    }
}
