namespace BpfMaps.Tests;

/// <summary>Where this repository's programs are.</summary>
internal static class Programs
{
    public static string Tool => $"{Checkout.Root}src/BpfMaps.Tool/bin/{Checkout.Configuration}/net10.0/bpfmaps.dll";

    public static string Sample(string name) => $"{Checkout.Root}samples/{name}/bin/{Checkout.Configuration}/net10.0/{name}.dll";

    public static string SampleFile(string path) => $"{Checkout.Root}samples/{path}";

    /// <summary>Runs the tool; gives its exit code and what it wrote.</summary>
    public static (int ExitCode, string Output, string Errors) RunTool(params string[] arguments) => Processes.TryRun("dotnet", [Tool, .. arguments]);
}
