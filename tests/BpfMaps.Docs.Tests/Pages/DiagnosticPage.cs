namespace BpfMaps.Docs.Tests.Pages;

/// <summary>The pages of single diagnostics, whose examples are errors.</summary>
internal static class DiagnosticPage
{
    /// <summary>The code that the examples need not repeat.</summary>
    public const string GlobalUsings = """
        global using BpfMaps;
        global using System.Runtime.CompilerServices;
        global using System.Runtime.InteropServices;
        """;

    public static bool IsOne(Page page) => page.Path.StartsWith("docs/diagnostics/BPFMAP", StringComparison.Ordinal);

    public static string IdOf(Page page) => Path.GetFileNameWithoutExtension(page.Path);
}
