using System.CommandLine;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps completion</c>, which prints a script that completes commands in a shell.</summary>
/// <remarks>The scripts ask the tool itself, with the directive <c>[suggest]</c> of System.CommandLine.</remarks>
internal static class CompletionCommand
{
    private const string Bash = """
        # In ~/.bashrc: source <(bpfmaps completion bash)
        _bpfmaps() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(bpfmaps "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _bpfmaps bpfmaps

        """;

    private const string Zsh = """
        # In ~/.zshrc, after compinit: source <(bpfmaps completion zsh)
        _bpfmaps() {
            local -a found
            found=("${(@f)$(bpfmaps "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            compadd -- $found
            _files
        }
        compdef _bpfmaps bpfmaps

        """;

    private const string Fish = """
        # In ~/.config/fish/config.fish: bpfmaps completion fish | source
        complete -c bpfmaps -a '(bpfmaps "[suggest:"(commandline -C)"]" (commandline -p | string collect) 2>/dev/null)'

        """;

    private const string PowerShell = """
        # In $PROFILE: bpfmaps completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName bpfmaps -ScriptBlock {
            param($word, $line, $position)
            bpfmaps "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;

    public static Command Create()
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        Command command = new("completion", "Prints a script that completes commands, options and names of maps in a shell.") { shell };
        command.SetAction(arguments =>
        {
            Console.Out.Write(
                arguments.GetRequiredValue(shell) switch
                {
                    "bash" => Bash,
                    "zsh" => Zsh,
                    "fish" => Fish,
                    _ => PowerShell,
                }
            );
            return ExitCode.Success;
        });
        return command;
    }
}
