using System.Reflection;
using System.Text.RegularExpressions;
using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Generators;

namespace BpfMaps.Docs.Tests.Text;

/// <summary>Tests that the types and members named in the text exist.</summary>
public sealed partial class NameTests
{
    private static readonly Lazy<ILookup<string, Type>> s_types = new(static () =>
        new[]
        {
            typeof(RawMap).Assembly,
            typeof(BpfObject).Assembly,
            typeof(InMemoryBpfHost).Assembly,
            typeof(BpfMetricsRegistry).Assembly,
            typeof(BpfQuery).Assembly,
            typeof(BpfSymbols).Assembly,
            typeof(PinPolicy).Assembly,
            typeof(Microsoft.AspNetCore.Builder.BpfMetricsEndpointRouteBuilderExtensions).Assembly,
            typeof(BpfMapGenerator).Assembly,
        }
            .SelectMany(static assembly => assembly.GetTypes())
            .ToLookup(static type => type.Name.Split('`')[0])
    );

    // Pages for contributors may refer to internal members.
    private static readonly string[] s_forContributors = ["CONTRIBUTING.md", "docs/architecture.md"];

    // Names of the build, of projects, and of generated code in the examples.
    private static readonly string[] s_others =
    [
        "BpfProgram",
        "BpfObject",
        "BpfTyped",
        "BpfMaps",
        "Bytes",
        "BpfIncludePath",
        "BpfCompilerFlags",
        "BpfTargetArchitecture",
        "BpfCopyReferencedObjects",
        "BpfExportHeader",
        "BpfPackObjects",
        "BpfStaticLibbpf",
        "BpfStaticLibbpfPath",
        "BpfStripDebugInfo",
        "BpfMapsTool",
    ];

    public static TheoryData<string> Pages => [.. Documentation.Pages.Select(static page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Names_ExistInTheLibrary(string path)
    {
        Page page = Documentation.Page(path);
        foreach ((int number, string text) in page.Prose)
        {
            foreach (Match name in Code().Matches(text).SelectMany(static code => Name().Matches(code.Value)))
                Assert.True(
                    IsKnown(name.Groups["type"].Value, name.Groups["member"].Value, s_forContributors.Contains(path)),
                    $"{path}:{number}: there is no '{name.Value}'."
                );
        }
    }

    private static bool IsKnown(string name, string member, bool maySeeInternals)
    {
        Type[] types = [.. s_types.Value[name].Concat(s_types.Value[name + "Attribute"]).Where(type => maySeeInternals || type.IsVisible)];
        if (types.Length == 0)
            return s_others.Contains(name);
        return member.Length == 0 || s_others.Contains(name) || types.SelectMany(Members).Contains(member);
    }

    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy | BindingFlags.NonPublic
            )
            .Select(static member => member.Name)
            .Concat(type.GetInterfaces().SelectMany(static contract => contract.GetMembers()).Select(static member => member.Name));

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Code();

    [GeneratedRegex(
        @"(?<![\w./-])(?<type>(Bpf|InMemory|RawMap|LpmKey|Be16|Be32|Be64|Bytes|Btf|Libbpf)\w*)(<[^>]*>)?(\.(?<member>[A-Z]\w*))?(?![\w/]|\.[a-z])"
    )]
    private static partial Regex Name();
}
