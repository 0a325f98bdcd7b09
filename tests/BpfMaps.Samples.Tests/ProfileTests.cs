using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

namespace BpfMaps.Tests;

public sealed class ProfileTests
{
    [Fact]
    public async Task MethodOfADotNetProgram_HasItsName()
    {
        Prepare();
        using SpinningProgram program = await SpinningProgram.StartAsync(TestContext.Current.CancellationToken);

        string[] lines = Run("--seconds", "2", "--pid", program.Id.ToString(CultureInfo.InvariantCulture));

        // All its stacks end in that method, or in what interrupts it, and begin with the name of the thread.
        string[] spinning = [.. lines.Where(static line => line.Contains(SpinningProgram.Method, StringComparison.Ordinal))];
        Assert.True(Samples(spinning) > Samples(lines) / 2, string.Join('\n', lines));
        Assert.All(lines, static line => Assert.Matches("^[^;]+(;[^;]+)* [0-9]+$", line));
        Assert.Contains(spinning, static line => line.Contains("void [Spinning] Program::SpinInNamedMethod()", StringComparison.Ordinal));
    }

    [Fact]
    public void FunctionOfTheKernel_HasItsName()
    {
        Prepare();
        Require.Root();
        // It reads from the kernel without end; the kernel's function for that device is in most samples.
        using Process reader = Process.Start("dd", "if=/dev/zero of=/dev/null bs=1M status=none");
        try
        {
            string[] lines = Run("--seconds", "1", "--frequency", "199", "--pid", reader.Id.ToString(CultureInfo.InvariantCulture));
            Assert.Contains(lines, static line => line.StartsWith("dd;", StringComparison.Ordinal));
            Assert.Contains(lines, static line => line.Contains(";vfs_read_[k]", StringComparison.Ordinal));
        }
        finally
        {
            reader.Kill();
            reader.WaitForExit();
        }
    }

    [Fact]
    public void FlameGraph_IsAnSvgFile()
    {
        Prepare();
        string path = Path.Combine(Path.GetTempPath(), $"bpfmaps_{Guid.NewGuid():N}.svg");
        try
        {
            Assert.Empty(Run("--seconds", "1", "--svg", path));
            XElement svg = XDocument.Load(path).Root!;
            XNamespace name = "http://www.w3.org/2000/svg";
            Assert.Equal(name + "svg", svg.Name);
            string[] titles = [.. svg.Descendants(name + "title").Select(static title => title.Value)];
            Assert.Matches("^all: [0-9]+ samples, 100.0", titles[0]);
            Assert.True(titles.Length > 2, string.Join('\n', titles));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("--seconds requires a positive number", "--seconds", "0")]
    [InlineData("--svg requires a file name", "--svg")]
    [InlineData("'--what' is not a valid option", "--what")]
    public void InvalidArgument_PrintsTheUsage(string sentence, params string[] arguments)
    {
        (int exitCode, _, string errors) = Processes.TryRun("dotnet", [Programs.Sample("Profile"), .. arguments]);
        Assert.Equal(2, exitCode);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void PrebuiltObject_MatchesItsSource() => Programs.AssertPrebuiltObjectMatches("Profile", "profile.bpf.o");

    private static void Prepare()
    {
        Require.Kernel();
        Require.Libbpf();
    }

    private static string[] Run(params string[] arguments) =>
        Processes.Run("dotnet", [Programs.Sample("Profile"), .. arguments]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static long Samples(IEnumerable<string> lines) =>
        lines.Sum(static line => long.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
}
