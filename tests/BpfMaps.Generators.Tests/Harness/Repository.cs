using System.Runtime.CompilerServices;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>Files of the repository that tests compare with the code.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../.."));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static IEnumerable<string> TestSources =>
        Directory.EnumerateFiles(Path.Combine(Root, "tests/BpfMaps.Generators.Tests/Diagnostics"), "*.cs").Select(File.ReadAllText);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
