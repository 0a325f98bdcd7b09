using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>One option of one additional file, as the build passes metadata of items.</summary>
/// <param name="path">The path of the file.</param>
/// <param name="key">The name of the option.</param>
/// <param name="value">The value; <see langword="null"/> if the file does not have the option.</param>
internal sealed class AdditionalFileOption(string path, string key, string? value) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(null, null);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        textFile.Path == path ? new Options(key, value) : GlobalOptions;

    private sealed class Options(string? key, string? value) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string name, [NotNullWhen(true)] out string? found)
        {
            found = KeyComparer.Equals(name, key) ? value : null;
            return found is not null;
        }
    }
}
