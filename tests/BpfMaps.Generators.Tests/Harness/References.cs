using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>What test sources are compiled against: the framework that runs the tests, and the runtime.</summary>
internal static class References
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> s_framework = new(LoadFramework);
    private static readonly Lazy<byte[]> s_runtimeImage = new(CompileRuntime);
    private static readonly Lazy<PortableExecutableReference> s_runtime = new(static () => MetadataReference.CreateFromImage(RuntimeImage));

    public static ImmutableArray<MetadataReference> Framework => s_framework.Value;

    public static MetadataReference Runtime => s_runtime.Value;

    /// <summary>The runtime as a file, for tests that run what they compile.</summary>
    public static byte[] RuntimeImage => s_runtimeImage.Value;

    public static ImmutableArray<MetadataReference> All => [.. Framework, Runtime];

    private static ImmutableArray<MetadataReference> LoadFramework()
    {
        string folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return [.. trusted.Split(Path.PathSeparator).Where(p => Path.GetDirectoryName(p) == folder).Select(static p => (MetadataReference)MetadataReference.CreateFromFile(p))];
    }

    private static byte[] CompileRuntime()
    {
        Assembly assembly = typeof(References).Assembly;
        IEnumerable<string> attributes = assembly.GetManifestResourceNames().Where(static n => n.StartsWith("Attributes/", StringComparison.Ordinal)).Select(n =>
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(n)!);
            return "global using System;\n" + reader.ReadToEnd();
        });
        CSharpCompilation compilation = CSharpCompilation.Create(
            "BpfMaps.Runtime",
            attributes.Append(ContractStubs.Source).Select(static s => CSharpSyntaxTree.ParseText(s, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14))),
            Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)));
        return image.ToArray();
    }
}
