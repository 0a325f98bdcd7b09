using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>An additional file that the build passes to the compiler.</summary>
internal sealed class AdditionalFile(string path, string content) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(content);
}
