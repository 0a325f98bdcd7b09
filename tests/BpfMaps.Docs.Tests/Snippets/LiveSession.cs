using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using BpfMaps.Docs.Tests.Text;
using BpfMaps.Tests;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>The loaded maps of an object, and a shell in which the tool finds them by their names.</summary>
internal sealed partial class LiveSession : IDisposable
{
    private const string StatedId = "12";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bpfmaps_docs_");
    private readonly BpfObject _object;

    public LiveSession(BpfSource source)
    {
        Require.Kernel();
        Require.Libbpf();
        _object = BpfObject.OpenMemory(source.Bytes, "docs");
        _object.Load();
        // Other maps of the machine may have the same names, so the tool gets ids.
        IEnumerable<string> names = _object.Maps.Select(static map =>
        {
            using RawMap opened = map.Open();
            return string.Create(CultureInfo.InvariantCulture, $"[ \"$word\" = {map.Name} ] && word={opened.Info.Id}\n");
        });
        WriteProgram("sudo", "exec \"$@\"");
        // Commands that watch have begun when they have printed a line, which 'sleep' waits for.
        WriteProgram("sleep", "until [ -s watched ]; do /bin/sleep 0.05; done");
        WriteProgram(
            "bpfmaps",
            $"words=()\nfor word in \"$@\"; do\n{string.Concat(names)}words+=(\"$word\")\ndone\n"
                + $"[ \"$1\" != watch ] || exec > >(exec tee watched)\nexec dotnet {BpfMapsCommand.Tool} \"${{words[@]}}\""
        );
    }

    /// <summary>Runs commands and returns what they print to standard output and standard error.</summary>
    public string Run(string commands)
    {
        ProcessStartInfo start = new("bash", ["-c", "exec 2>&1\n" + commands]) { WorkingDirectory = _folder.FullName };
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        (_, string output, string errors) = Processes.TryRun(start, TimeSpan.FromMinutes(1));
        return Ids().Replace((output + errors).Replace("\r\n", "\n", StringComparison.Ordinal), $"${{1}}{StatedId}");
    }

    public void Dispose()
    {
        _object.Dispose();
        _folder.Delete(recursive: true);
    }

    private void WriteProgram(string name, string body)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{body}\n");
        Processes.Run("chmod", "+x", path);
    }

    [GeneratedRegex(@"(\(\w+, id )\d+(?=\))")]
    private static partial Regex Ids();
}
