using BpfMaps.Docs.Tests.Pages;

namespace BpfMaps.Docs.Tests.Text;

/// <summary>Tests that the page of errors contains every exception that the library defines.</summary>
public sealed class ErrorPageTests
{
    public static TheoryData<string> Exceptions =>
        [
            .. new[] { typeof(RawMap).Assembly, typeof(BpfObject).Assembly, typeof(InMemoryBpfHost).Assembly }
                .SelectMany(static assembly => assembly.GetExportedTypes())
                .Where(static type => type.IsSubclassOf(typeof(Exception)))
                .Select(static type => type.Name),
        ];

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Exception_HasASection(string name) =>
        Assert.Contains(Documentation.Page("docs/errors.md").Prose, line => line.Text == $"## {name}");
}
