using System.Globalization;

namespace BpfMaps.Tests;

/// <summary>The sample whose C program includes the header of a C# library.</summary>
public sealed class SharedTests
{
    private static string Agent => $"{Checkout.Root}samples/Shared/Agent/bin/{Checkout.Configuration}/net10.0/Agent.dll";

    private static string Header => $"{Checkout.Root}samples/Shared/Contract/bin/{Checkout.Configuration}/net10.0/Contract.bpf.h";

    [Fact]
    public void Calls_OfThisMachineAreCountedByProcess()
    {
        Require.Kernel();
        Require.Libbpf();
        // The agent itself makes calls that fail while it waits; at least its own row is there.
        (int exitCode, string output, string errors) = Processes.TryRun("dotnet", Agent, "2");

        Assert.Equal((0, "Counting for 2 s...\n"), (exitCode, errors));
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal(["PID", "Command", "Calls", "Failed"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.NotEmpty(lines[1..]);
        Assert.All(
            lines[1..],
            static line =>
            {
                string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                Assert.True(Number(words[^2]) >= Number(words[^1]) && Number(words[^2]) > 0, line);
            }
        );
    }

    [Fact]
    public void Header_HasTheTypesOfTheLibrary()
    {
        string text = File.ReadAllText(Header);

        Assert.Contains("struct system_calls_key {\n\t__u32 process_id;\n\tenum outcome outcome;\n};", text, StringComparison.Ordinal);
        Assert.Contains("} system_calls SEC(\".maps\");", text, StringComparison.Ordinal);
    }

    [Fact]
    public void PrebuiltObject_MatchesItsSource()
    {
        Require.Clang();
        string compiled = Path.Combine(Path.GetDirectoryName(Agent)!, "calls.bpf.o");

        string prebuilt = Programs.RunTool("layout", Programs.SampleFile("Shared/Agent/bpf/calls.bpf.o")).Output;

        Assert.Equal(Programs.RunTool("layout", compiled).Output, prebuilt);
    }

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
