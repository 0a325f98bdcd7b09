using System.Reflection;

namespace BpfMaps.Tests;

/// <summary>Where this repository's programs are.</summary>
internal static class Programs
{
    private static readonly string s_repository = Metadata("Repository");
    private static readonly string s_configuration = Metadata("Configuration");

    public static string Tool => $"{s_repository}src/BpfMaps.Tool/bin/{s_configuration}/net10.0/bpfmaps.dll";

    public static string Sample(string name) => $"{s_repository}samples/{name}/bin/{s_configuration}/net10.0/{name}.dll";

    public static string SampleFile(string path) => $"{s_repository}samples/{path}";

    /// <summary>Runs the tool; gives its exit code and what it wrote.</summary>
    public static (int ExitCode, string Output, string Errors) RunTool(params string[] arguments) => Processes.TryRun("dotnet", [Tool, .. arguments]);

    private static string Metadata(string key) =>
        typeof(Programs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
