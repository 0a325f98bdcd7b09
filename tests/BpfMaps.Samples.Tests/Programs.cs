namespace BpfMaps.Tests;

/// <summary>The programs of this repository.</summary>
internal static class Programs
{
    public static string Tool => $"{Checkout.Root}src/BpfMaps.Tool/bin/{Checkout.Configuration}/net10.0/bpfmaps.dll";

    public static string Sample(string name) => $"{Checkout.Root}samples/{name}/bin/{Checkout.Configuration}/net10.0/{name}.dll";

    public static string SampleFile(string path) => $"{Checkout.Root}samples/{path}";

    /// <summary>Compares the types and maps of a sample's prebuilt object with those of the object compiled from its source.</summary>
    public static void AssertPrebuiltObjectMatches(string sample, string name)
    {
        Require.Clang();
        string compiled = SampleFile($"{sample}/obj/{Checkout.Configuration}/net10.0/bpf/{name}");
        Assert.Equal(RunTool("layout", compiled).Output, RunTool("layout", SampleFile($"{sample}/bpf/{name}")).Output);
    }

    /// <summary>Runs the tool and returns its exit code and output.</summary>
    public static (int ExitCode, string Output, string Errors) RunTool(params string[] arguments) =>
        Processes.TryRun("dotnet", [Tool, .. arguments]);
}
