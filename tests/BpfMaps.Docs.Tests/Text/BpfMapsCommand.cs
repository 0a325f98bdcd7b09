using System.Collections.Concurrent;
using System.Reflection;
using BpfMaps.Generators.Tests.Harness;
using BpfMaps.Tests;

namespace BpfMaps.Docs.Tests.Text;

/// <summary>Holds calls of the tool bpfmaps against what it says of itself.</summary>
internal static class BpfMapsCommand
{
    private static readonly string s_configuration = typeof(BpfMapsCommand).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
    private static readonly ConcurrentDictionary<string, string> s_help = new();

    public static void Check(IEnumerable<string> arguments)
    {
        string[] words = [.. arguments];
        Assert.Matches($"(?m)^  {words[0]} ", Help());
        string help = Help(words[0]);
        Assert.All(words.Where(static word => word.StartsWith('-')), option => Assert.Matches($@"(?<=[ ,]){option}[ ,]", help));
    }

    private static string Help(params string[] command) => s_help.GetOrAdd(string.Join(' ', command), _ =>
        Processes.Run("dotnet", [Path.Combine(Repository.Root, $"src/BpfMaps.Tool/bin/{s_configuration}/net10.0/bpfmaps.dll"), .. command, "--help"]));
}
