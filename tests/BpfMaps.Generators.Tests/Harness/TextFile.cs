using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>An additional file.</summary>
internal sealed class TextFile(string path, string content) : AdditionalText
{
    public override string Path => path;

    public string Content => content;

    /// <summary>A layout file of the tests.</summary>
    public static TextFile Fixture(string name) =>
        new($"/{name}", File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Layouts", "Fixtures", name)));

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(content);

    public AdditionalText WithoutMarkup()
    {
        TestFileMarkupParser.GetSpans(content, out string plain, out System.Collections.Immutable.ImmutableArray<TextSpan> _);
        return new TextFile(path, plain);
    }
}
