using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Tests.Harness;

/// <summary>
/// Compares generated files with those in <c>_snapshots</c>. Names and contents are compatible with Verify.SourceGenerators.
/// </summary>
internal static partial class SnapshotVerifier
{
    public static Task Verify(GeneratorDriver driver, [CallerMemberName] string method = "", [CallerFilePath] string file = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(file)!, "_snapshots");
        string prefix = $"{Path.GetFileNameWithoutExtension(file)}.{method}#";
        Directory.CreateDirectory(folder);
        List<string> problems = [];
        HashSet<string> expected = [.. Directory.EnumerateFiles(folder, prefix + "*.verified.cs")];
        foreach (GeneratedSourceResult source in driver.Sources())
        {
            string verified = Path.Combine(folder, prefix + Path.GetFileNameWithoutExtension(source.HintName) + ".verified.cs");
            string received = verified.Replace(".verified.cs", ".received.cs", StringComparison.Ordinal);
            string text = source.SourceText.ToString();
            Assert.DoesNotContain('\r', text);
            text = $"//HintName: {source.HintName}\n{Version().Replace(text, "$1<version>$2")}";
            string before = expected.Remove(verified) ? File.ReadAllText(verified) : "";
            if (before == text)
            {
                File.Delete(received);
                continue;
            }
            File.WriteAllText(received, text);
            problems.Add(
                $"{Path.GetFileName(verified)} differs; if {Path.GetFileName(received)} is right, rename it.\n{FirstDifference(before, text)}"
            );
        }
        problems.AddRange(expected.Select(static f => $"{Path.GetFileName(f)} was not generated."));
        Assert.True(problems.Count == 0, string.Join('\n', problems));
        return Task.CompletedTask;
    }

    private static string FirstDifference(string before, string after)
    {
        string[] left = before.Split('\n'),
            right = after.Split('\n');
        int line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
            line++;
        return $"line {line + 1}:\n  verified: {left.ElementAtOrDefault(line)}\n  received: {right.ElementAtOrDefault(line)}";
    }

    // Snapshots do not contain the version of the generator.
    [GeneratedRegex("""(GeneratedCode\("BpfMaps.Generators", ")[0-9.]+("\))""")]
    private static partial Regex Version();
}
