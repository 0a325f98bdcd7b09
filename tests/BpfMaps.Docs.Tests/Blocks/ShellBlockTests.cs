using System.Text.RegularExpressions;
using BpfMaps.Docs.Tests.Pages;
using BpfMaps.Docs.Tests.Snippets;
using BpfMaps.Docs.Tests.Text;
using BpfMaps.Generators.Tests.Harness;

namespace BpfMaps.Docs.Tests.Blocks;

/// <summary>Tests that the commands of the pages and their arguments exist.</summary>
public sealed partial class ShellBlockTests
{
    // Commands that the machine of the tests may lack.
    private static readonly string[] s_elsewhere =
    [
        "sudo",
        "git",
        "docker",
        "podman",
        "dnf",
        "pacman",
        "apk",
        "apt-get",
        "bpftool",
        "clang",
        "setcap",
        "capsh",
        "guard", // of the sample
        "guardctl",
    ];

    public static TheoryData<string> Blocks => Documentation.Names("sh");

    public static TheoryData<string> WithObjects =>
        [
            .. Documentation
                .Blocks.Where(static block => block.Language == "sh" && block.Has(Mark.Object))
                .Select(static block => block.Name),
        ];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Commands_Exist(string name) => Assert.All(ShellCommand.Parse(Documentation.Block(name).Text), Check);

    [Theory]
    [MemberData(nameof(WithObjects))]
    public void CommandsOnAnObject_PrintTheStatedOutput(string name)
    {
        CodeBlock block = Documentation.Block(name);
        string folder = Directory.CreateTempSubdirectory("bpfmaps_docs_").FullName;
        try
        {
            foreach (BpfSource source in block.Words(Mark.Object).Select(file => BpfSource.Named(file, block)))
                File.WriteAllBytes(Path.Combine(folder, source.ObjectName), source.Bytes);
            StatedOutput.Check(
                block,
                string.Concat(ShellCommand.Parse(block.Text).Select(command => BpfMapsCommand.Run(folder, command.Words.Skip(1))))
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void CommandsInTheText_Exist() =>
        Assert.All(
            Documentation
                .Pages.SelectMany(static page => page.Prose)
                .SelectMany(static line => Inline().Matches(line.Text))
                .Select(static match => match.Groups[1].Value),
            static command => Check(new ShellCommand(command.Split(' ')))
        );

    private static void Check(ShellCommand command)
    {
        switch (command.Words[0])
        {
            case "bpfmaps":
                BpfMapsCommand.Check(command.Words.Skip(1));
                break;
            case "dotnet":
                DotNetCommand.Check(command);
                break;
            case string program when s_elsewhere.Contains(program) || program.StartsWith("./", StringComparison.Ordinal):
                break;
            case string program:
                Assert.True(
                    ShellCommand.IsOnThisMachine(program) || File.Exists(Path.Combine(Repository.Root, program)),
                    $"there is no command '{program}', in: {command}"
                );
                break;
        }
    }

    [GeneratedRegex("`((?:bpfmaps|dotnet) [a-z][^`]*)`")]
    private static partial Regex Inline();
}
