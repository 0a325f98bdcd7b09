using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Tests;

namespace BpfMaps.Docs.Tests.Text;

/// <summary>Compares calls of the tool bpfmaps with its help.</summary>
internal static class BpfMapsCommand
{
    /// <summary>The path of the tool.</summary>
    public static readonly string Tool = Path.Combine(
        Repository.Root,
        $"src/BpfMaps.Tool/bin/{typeof(BpfMapsCommand).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration}/net10.0/bpfmaps.dll"
    );

    private static readonly ConcurrentDictionary<string, string> s_help = new();

    public static void Check(IEnumerable<string> arguments)
    {
        string[] words = [.. arguments];
        Assert.Matches($"(?m)^  {words[0]} ", Help());
        string help = Help(words[0]);
        Assert.All(
            words.Where(static word => word.StartsWith('-') && word != "-"),
            option => Assert.Matches($@"(?<=[ ,]){option}[ ,]", help)
        );
    }

    /// <summary>Runs the tool in a folder and expects success.</summary>
    /// <returns>The output of the tool.</returns>
    public static string Run(string folder, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("dotnet", [Tool, .. arguments]) { WorkingDirectory = folder };
        (int exitCode, string output, string errors) = Processes.TryRun(start, TimeSpan.FromMinutes(1));
        Assert.True(exitCode == 0, $"bpfmaps {string.Join(' ', arguments)} exited with code {exitCode}: {errors}{output}");
        return output;
    }

    private static string Help(params string[] command) =>
        s_help.GetOrAdd(string.Join(' ', command), _ => Run(Repository.Root, [.. command, "--help"]));
}
