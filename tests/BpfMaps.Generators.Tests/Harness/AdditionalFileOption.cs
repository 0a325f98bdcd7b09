using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>An option of an additional file or of the project, as the build passes metadata of items and properties.</summary>
/// <param name="path">The path of the file; empty for an option of the project.</param>
/// <param name="key">The name of the option.</param>
/// <param name="value">The value; <see langword="null"/> if the file does not have the option.</param>
internal sealed class AdditionalFileOption(string path, string key, string? value) : AnalyzerConfigOptionsProvider
{
    private static readonly Options s_none = new(null, null);

    public override AnalyzerConfigOptions GlobalOptions => path.Length == 0 ? new Options(key, value) : s_none;

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => s_none;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => textFile.Path == path ? new Options(key, value) : s_none;

    private sealed class Options(string? key, string? value) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string name, [NotNullWhen(true)] out string? found)
        {
            found = KeyComparer.Equals(name, key) ? value : null;
            return found is not null;
        }
    }
}
