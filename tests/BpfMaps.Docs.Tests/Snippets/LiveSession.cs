using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using BpfMaps.Docs.Tests.Text;
using BpfMaps.Tests;

namespace BpfMaps.Docs.Tests.Snippets;

/// <summary>
/// The loaded maps and attached programs of an object, and a shell in whose folder the object is and in which the tool finds the maps by
/// their names. Pins are in a directory of their own.
/// </summary>
internal sealed partial class LiveSession : IDisposable
{
    private const string StatedId = "12";
    private const string StatedPins = "/sys/fs/bpf/";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bpfmaps_docs_");
    private readonly PinDirectory _pins = Require.BpfFs();
    private readonly BpfObject _object;
    private readonly BpfLinkCollection _links;

    public LiveSession(BpfSource source)
    {
        Require.Kernel();
        Require.Libbpf();
        Require.BpfTool();
        File.WriteAllBytes(Path.Combine(_folder.FullName, source.ObjectName), source.Bytes);
        _object = BpfObject.OpenMemory(source.Bytes, "docs");
        _object.Load();
        if (_object.Programs.Count != 0)
            Require.TraceFs();
        _links = _object.AttachAll();
        // Other maps of the machine may have the same names, so the tool gets ids.
        IEnumerable<string> names = _object.Maps.Select(static map =>
        {
            using RawMap opened = map.Open();
            return string.Create(
                CultureInfo.InvariantCulture,
                $"[ ${{#words[@]}} -eq 1 ] && [ \"$word\" = {map.Name} ] && word={opened.Info.Id}\n"
            );
        });
        WriteProgram("sudo", "exec \"$@\"");
        // Commands that watch have begun when they have printed a line, which 'sleep' waits for.
        WriteProgram("sleep", "until [ -s watched ]; do /bin/sleep 0.05; done");
        WriteProgram(
            "bpfmaps",
            "[ \"$1\" != watch ] || exec > >(exec tee watched)\n[ \"$1\" != tail ] || exec 2> >(exec tee watched >&2)\n"
                + WithWords(string.Concat(names), $"dotnet {BpfMapsCommand.Tool}")
        );
        WriteProgram("bpftool", WithWords("", BpfTool.Find()!));
    }

    /// <summary>Runs commands and returns what they print to standard output and standard error.</summary>
    public string Run(string commands)
    {
        ProcessStartInfo start = new("bash", ["-c", "exec 2>&1\n" + commands]) { WorkingDirectory = _folder.FullName };
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        (_, string output, string errors) = Processes.TryRun(start, TimeSpan.FromMinutes(1));
        string printed = (output + errors)
            .Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace(_pins.Path + "/", StatedPins, StringComparison.Ordinal);
        return Ids().Replace(printed, $"${{1}}{StatedId}");
    }

    public void Dispose()
    {
        _links.Dispose();
        _object.Dispose();
        _pins.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Runs a program with other words: pins of the directory, and what further lines replace.</summary>
    private string WithWords(string lines, string program) =>
        $"words=()\nfor word in \"$@\"; do\nword=${{word/#{StatedPins.Replace("/", "\\/", StringComparison.Ordinal)}/{_pins.Path}/}}\n{lines}"
        + $"words+=(\"$word\")\ndone\nexec {program} \"${{words[@]}}\"";

    private void WriteProgram(string name, string body)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{body}\n");
        Processes.Run("chmod", "+x", path);
    }

    [GeneratedRegex("""(\(\w+, id |"id": )\d+(?=[),])""")]
    private static partial Regex Ids();
}
