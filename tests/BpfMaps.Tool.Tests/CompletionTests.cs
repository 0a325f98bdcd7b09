using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>Shells complete commands, options and the names of maps.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bpfmaps_completion_");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("bpfmaps fre", "freeze")]
    [InlineData("bpfmaps dump --per", "--per-cpu")]
    [InlineData("bpfmaps completion z", "zsh")]
    public void Bash_CompletesTheWord(string line, string expected) => Assert.Contains(expected, Complete(line));

    [Fact]
    public void Bash_CompletesNamesOfMaps()
    {
        Require.Kernel();
        using RawMap map = RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Array,
                Name = "completetest",
                KeySize = 4,
                ValueSize = 4,
                MaxEntries = 1,
            }
        );

        Assert.Equal(["completetest"], Complete("bpfmaps get complete"));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _bpfmaps bpfmaps")]
    [InlineData("zsh", "compdef _bpfmaps bpfmaps")]
    [InlineData("fish", "complete -c bpfmaps")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName bpfmaps")]
    public void Script_RegistersTheCompletion(string shell, string line) =>
        Assert.Contains(line, Programs.RunTool("completion", shell).Output, StringComparison.Ordinal);

    [Fact]
    public void OtherShell_IsAnErrorThatNamesTheShells()
    {
        (int exitCode, _, string errors) = Programs.RunTool("completion", "tcsh");

        Assert.Equal(2, exitCode);
        Assert.Contains("'bash'", errors, StringComparison.Ordinal);
    }

    /// <summary>Completes a line in bash, which calls the function of the script as it does for the Tab key.</summary>
    private string[] Complete(string line)
    {
        string tool = Path.Combine(_folder.FullName, "bpfmaps");
        File.WriteAllText(tool, $"#!/usr/bin/env bash\nexec dotnet {Programs.Tool} \"$@\"\n");
        Processes.Run("chmod", "+x", tool);
        ProcessStartInfo start = new(
            "bash",
            [
                "-c",
                $"source <(bpfmaps completion bash); COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=($COMP_LINE); "
                    + "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _bpfmaps; printf '%s\\n' \"${COMPREPLY[@]}\"",
            ]
        );
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        (_, string output, string errors) = Processes.TryRun(start, TimeSpan.FromMinutes(1));
        Assert.Equal("", errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
