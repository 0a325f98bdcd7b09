using System.Diagnostics;

namespace BpfMaps.Tests;

/// <summary>The templates, installed from the package: each builds without a warning, runs, and passes its tests.</summary>
public sealed class TemplateTests(PackageFeed feed)
{
    public static TheoryData<bool> Compilers => [true, false];

    [Theory]
    [MemberData(nameof(Compilers))]
    public void Tool_BuildsAndCounts(bool hasClang)
    {
        using TemplateProject project = New("bpf-tool", "My-Tool", hasClang);

        (int exitCode, string output, string errors) = project.RunBuilt("bin/Debug/net10.0/My-Tool.dll", "1");

        Assert.Equal((0, "Counting for 1 s...\n"), (exitCode, errors));
        Assert.Matches(@"(?m)^\S.{15,} +\d+$", output);
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public void Shared_BuildsAndCounts(bool hasClang)
    {
        using TemplateProject project = New("bpf-shared", "My.Calls", hasClang);

        (int exitCode, string output, string errors) = project.RunBuilt("App/bin/Debug/net10.0/My.Calls.dll", "1");

        Assert.Equal((0, "Counting for 1 s...\n"), (exitCode, errors));
        Assert.Matches(@"(?m)^ +\d+ \S.* +\d+$", output);
        Assert.True(File.Exists(project["Types/bin/Debug/net10.0/My.Calls.Types.bpf.h"]));
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public async Task Agent_BuildsPassesItsTestsAndServesMetrics(bool hasClang)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using TemplateProject project = New("bpf-agent", "MyAgent", hasClang);

        string tested = project.Execute(["test", .. Compiler(hasClang)]);
        Assert.Matches(@"Passed!  - Failed: +0, Passed: +2, Skipped: +0", tested);

        string program = project["MyAgent/bin/Debug/net10.0/MyAgent.dll"];
        using Process agent = Process.Start(
            new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true }
        )!;
        try
        {
            string address = await AddressOfAsync(agent, cancellation);
            _ = Processes.Run("true");
            using HttpClient client = new();
            string metrics = await client.GetStringAsync(new Uri(address + "/metrics"), cancellation);
            Assert.Matches("""(?m)^process_starts_total\{command="true"\} [1-9]""", metrics);
            Assert.Equal("Healthy", await client.GetStringAsync(new Uri(address + "/health"), cancellation));
        }
        finally
        {
            agent.Kill();
            await agent.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static string[] Compiler(bool hasClang) => hasClang ? [] : ["-p:ClangPath=/nowhere/clang"];

    private TemplateProject New(string template, string name, bool hasClang)
    {
        Require.Kernel();
        Require.Libbpf();
        if (hasClang)
            Require.Clang();
        TemplateProject project = new(feed, template, name);
        string output = project.Execute(["build", .. Compiler(hasClang)]);
        Assert.Contains("0 Warning(s)", output, StringComparison.Ordinal);
        Assert.Equal(!hasClang, output.Contains("clang was not found: using the prebuilt", StringComparison.Ordinal));
        return project;
    }

    /// <summary>Reads the log up to the line with the address. Events of the machine may be before it.</summary>
    private static async Task<string> AddressOfAsync(Process agent, CancellationToken cancellation)
    {
        const string Mark = "Now listening on: ";
        while (await agent.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.IndexOf(Mark, StringComparison.Ordinal) is >= 0 and int at)
                return line[(at + Mark.Length)..];
        }
        throw new InvalidOperationException("The agent ended before it served.");
    }
}
