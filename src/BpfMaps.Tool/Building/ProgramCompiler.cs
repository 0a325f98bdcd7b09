using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace BpfMaps.Tool.Building;

/// <summary>Compiles the changed C sources of a project in parallel. Without clang, it uses prebuilt objects next to the sources.</summary>
internal sealed class ProgramCompiler
{
    private readonly CompilerOptions _options;
    private readonly CompilerCommand _command;
    private readonly string _folder;
    private readonly string _ownHeader;
    private readonly List<string> _missedClangs = [];
    private readonly string? _clang;

    private ProgramCompiler(BuildRequest request)
    {
        _options = request.Compiler;
        _folder = request.ProjectFolder;
        _ownHeader = request.OwnHeader;
        _command = new(_options, _folder);
        _clang = ExecutableSearch.Find(_options.Clang, _folder, _missedClangs);
    }

    /// <summary>Compiles changed sources, and records the inputs.</summary>
    public static void Run(BuildRequest request, Action<BuildMessage> report)
    {
        ProgramCompiler compiler = new(request);
        ConcurrentDictionary<int, (CompilationRecord? Record, List<BuildMessage> Messages)> results = new();
        Parallel.For(0, request.Sources.Count, index => results[index] = compiler.CompileIfChanged(request.Sources[index]));
        foreach ((_, (_, List<BuildMessage> messages)) in results.OrderBy(static result => result.Key))
            messages.ForEach(report);

        CompilationRecord[] records = [.. results.Values.Select(static result => result.Record).OfType<CompilationRecord>()];
        PathList.Write(Path.Combine(request.OutputFolder, "read"), records.SelectMany(static record => record.Read));
        PathList.Write(Path.Combine(request.OutputFolder, "missed"), records.SelectMany(static record => record.Missed));
    }

    private (CompilationRecord? Record, List<BuildMessage> Messages) CompileIfChanged(BuildItem item)
    {
        List<BuildMessage> messages = [];
        string identity = string.Join(
            '\n',
            [
                Assembly.GetExecutingAssembly().ManifestModule.ModuleVersionId.ToString(),
                _clang ?? "",
                _options.Strip.ToString(),
                .. _command.Identity(item.From),
            ]
        );
        string recordFile = item.To + ".record";
        if (File.Exists(item.To) && CompilationRecord.LoadIfCurrent(recordFile, identity) is { } current)
            return (current, messages);

        Directory.CreateDirectory(Path.GetDirectoryName(item.To)!);
        File.Delete(recordFile);
        CompilationRecord? record = _clang is null ? UsePrebuilt(item, identity, messages) : Compile(_clang, item, identity, messages);
        record?.Save(recordFile);
        return (record, messages);
    }

    private CompilationRecord? Compile(string clang, BuildItem item, string identity, List<BuildMessage> messages)
    {
        string objectFile = item.To + ".new";
        string ruleFile = item.To + ".d";
        ProcessStartInfo start = new(clang, _command.For(item.From, objectFile, ruleFile))
        {
            WorkingDirectory = _folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["PWD"] = _folder; // clang writes it to debug types instead of the real path
        int exitCode;
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            messages.AddRange(ClangOutput.Read(process.StandardError.ReadToEnd(), _folder, item.From));
            output.GetAwaiter().GetResult();
            process.WaitForExit();
            exitCode = process.ExitCode;
        }
        catch (Win32Exception exception)
        {
            messages.Add(
                BuildMessage.Error(
                    BuildMessage.ClangMissing,
                    item.From,
                    $"'{NameOf(item.From)}' cannot be compiled: clang ('{clang}') could not be started: {exception.Message}."
                )
            );
            return null;
        }

        if (exitCode != 0)
        {
            if (_ownHeader.Length != 0 && messages.Exists(message => message.Text == $"'{_ownHeader}' file not found"))
                messages.Add(IncludesOwnHeader(item));
            int errors = messages.Count(static message => message.IsError);
            string reported = errors == 0 ? $"ended with exit code {exitCode}" : $"reported {errors} error{(errors == 1 ? "" : "s")}";
            messages.Add(
                BuildMessage.Error(BuildMessage.ClangReported, item.From, $"'{NameOf(item.From)}' cannot be compiled: clang {reported}.")
            );
            File.Delete(objectFile);
            return null;
        }

        List<string> read = [.. MakeRule.Prerequisites(File.ReadAllText(ruleFile))];
        File.Delete(ruleFile);
        IncludeSearch search = new(_folder, _command.IncludeFolders);
        CompilationRecord record = new(identity, search.FullPaths(read), search.Shadowing(read));
        Finish(objectFile, item.To);
        return record;
    }

    private BuildMessage IncludesOwnHeader(BuildItem item) =>
        BuildMessage.Error(
            BuildMessage.ClangReported,
            item.From,
            $"'{NameOf(item.From)}' includes {_ownHeader}, the header of its own project, which is written after the C# is compiled, "
                + "but the C# is compiled after the programs: it is checked against them. Move the declarations to a library that this project references."
        );

    private CompilationRecord? UsePrebuilt(BuildItem item, string identity, List<BuildMessage> messages)
    {
        string prebuilt = Path.ChangeExtension(item.From, ".o");
        string name = Path.GetFileName(prebuilt);
        if (!File.Exists(prebuilt))
        {
            messages.Add(
                BuildMessage.Error(
                    BuildMessage.ClangMissing,
                    item.From,
                    $"'{NameOf(item.From)}' cannot be compiled: clang was not found. Install it (Debian and Ubuntu: apt-get install clang libbpf-dev), set ClangPath, or put the compiled {name} next to the source."
                )
            );
            return null;
        }

        messages.Add(BuildMessage.Note($"clang was not found: using the prebuilt {name} next to '{NameOf(item.From)}'."));
        string copy = item.To + ".new";
        File.Copy(prebuilt, copy, overwrite: true);
        Finish(copy, item.To);
        return new(identity, new IncludeSearch(_folder, []).FullPaths([item.From, prebuilt]), _missedClangs);
    }

    private void Finish(string made, string target)
    {
        if (_options.Strip)
            DebugStripper.Strip(made, NameOf(target));
        File.SetLastWriteTimeUtc(made, DateTime.UtcNow);
        File.Move(made, target, overwrite: true);
    }

    private string NameOf(string path) => Path.GetRelativePath(_folder, path);
}
