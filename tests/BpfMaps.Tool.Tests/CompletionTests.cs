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
    [InlineData("bpfmaps fre", "bpfmaps freeze")]
    [InlineData("bpfmaps dump --per", "bpfmaps dump --per-cpu")]
    [InlineData("bpfmaps completion z", "bpfmaps completion zsh")]
    public async Task Zsh_CompletesTheWordAtTheTabKey(string line, string expected)
    {
        string zsh = Require.Program("zsh", "zsh");
        Write(".zshrc", "autoload -U compinit && compinit -u -D\nsource <(bpfmaps completion zsh)\nPS1='ready> '\n");

        await AssertCompletes($"ZDOTDIR={_folder.FullName} exec {zsh} -i", line, expected);
    }

    [Theory]
    [InlineData("bpfmaps fre", "bpfmaps freeze")]
    [InlineData("bpfmaps dump --per", "bpfmaps dump --per-cpu")]
    [InlineData("bpfmaps completion z", "bpfmaps completion zsh")]
    public async Task Fish_CompletesTheWordAtTheTabKey(string line, string expected)
    {
        string fish = Require.Program("fish", "fish");
        // Without suggestions, which show completions before the key is pressed.
        string start = Write(
            "start.fish",
            "set -g fish_autosuggestion_enabled 0\nbpfmaps completion fish | source\nfunction fish_prompt; echo -n 'ready> '; end\n"
        );

        await AssertCompletes($"exec {fish} --no-config --init-command 'source {start}'", line, expected);
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
        return Run(
            "bash",
            "-c",
            $"source <(bpfmaps completion bash); COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=($COMP_LINE); "
                + "COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _bpfmaps; printf '%s\\n' \"${COMPREPLY[@]}\""
        );
    }

    /// <summary>Runs a shell, which finds the tool as <c>bpfmaps</c>.</summary>
    /// <returns>The lines that it prints.</returns>
    private string[] Run(string shell, params string[] arguments)
    {
        WriteTool();
        ProcessStartInfo start = new(shell, arguments) { WorkingDirectory = _folder.FullName };
        start.Environment["HOME"] = _folder.FullName;
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        (_, string output, string errors) = Processes.TryRun(start, TimeSpan.FromMinutes(1));
        Assert.Equal("", errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Types a line in a shell on a terminal, and presses the Tab key.</summary>
    private async Task AssertCompletes(string shell, string line, string expected)
    {
        WriteTool();
        using TerminalSession terminal = new(
            $"cd {_folder.FullName} && export HOME={_folder.FullName} PATH={_folder.FullName}:$PATH && {shell}",
            width: 80,
            height: 10
        );
        await terminal.WaitForAsync("ready>");

        terminal.Press(line);
        await terminal.WaitForAsync($"ready> {line}");
        terminal.Press("Tab");

        await terminal.WaitForAsync($"ready> {expected}");
    }

    private void WriteTool() =>
        Processes.Run("chmod", "+x", Write("bpfmaps", $"#!/usr/bin/env bash\nexec dotnet {Programs.Tool} \"$@\"\n"));

    /// <returns>The path of the file.</returns>
    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
