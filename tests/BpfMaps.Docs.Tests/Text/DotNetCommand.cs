using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Docs.Tests.Text;

/// <summary>Checks that the projects that dotnet commands run, build or pack exist in the repository.</summary>
internal static class DotNetCommand
{
    private static readonly string[] s_verbs =
    [
        "add",
        "build",
        "csharpier",
        "clean",
        "new",
        "nuget",
        "pack",
        "publish",
        "restore",
        "run",
        "test",
        "tool",
        "watch",
    ];

    public static void Check(ShellCommand command)
    {
        IReadOnlyList<string> words = command.Words;
        Assert.True(s_verbs.Contains(words[1]) || IsTool(words[1]), $"neither the SDK nor this repository has: {command}");
        int project = words.ToList().IndexOf("--project");
        if (project < 0)
            return;

        string path = words[project + 1];
        Assert.True(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, path), "*.csproj").Any(),
            $"there is no project '{path}', in: {command}"
        );
        if (path == "src/BpfMaps.Tool" && words.Contains("--"))
            BpfMapsCommand.Check(words.SkipWhile(static word => word != "--").Skip(1));
    }

    private static bool IsTool(string name) =>
        Repository.Read(".config/dotnet-tools.json").Contains($"\"{name}\": {{", StringComparison.Ordinal);
}
