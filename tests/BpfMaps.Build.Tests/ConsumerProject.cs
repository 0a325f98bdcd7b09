using System.Reflection;

namespace BpfMaps.Tests;

/// <summary>A project of a user's, in a folder of its own outside the repository, that references what this repository builds.</summary>
internal sealed class ConsumerProject : IDisposable
{
    private static readonly string s_source = Metadata("Source");
    private static readonly string s_configuration = Metadata("Configuration");

    private readonly string _root;

    /// <param name="items">Items of the project file, such as <c>&lt;BpfProgram Include="bpf/*.bpf.c" /&gt;</c>.</param>
    public ConsumerProject(string items)
    {
        _root = Path.Combine(Path.GetTempPath(), $"bpf maps {Guid.NewGuid():N}"); // with spaces, as on many a machine
        Directory.CreateDirectory(_root);
        Write("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <BpfMapsTool>{ToolAssembly}</BpfMapsTool>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Output("BpfMaps.Runtime", "net10.0", "BpfMaps.Runtime.dll")}" />
                <Reference Include="{Output("BpfMaps.Libbpf", "net10.0", "BpfMaps.Libbpf.dll")}" />
                <Analyzer Include="{Output("BpfMaps.Generators", "netstandard2.0", "BpfMaps.Generators.dll")}" />
                <Analyzer Include="{Output("BpfMaps.CodeFixes", "netstandard2.0", "BpfMaps.CodeFixes.dll")}" />
                {items}
              </ItemGroup>
              <Import Project="{s_source}/BpfMaps.Runtime/buildTransitive/BpfMaps.targets" />
            </Project>
            """);
        Write("Program.cs", """System.Console.WriteLine("built");""");
    }

    public string ProjectFile => this["Consumer.csproj"];

    public static string CodeFixesAssembly => Output("BpfMaps.CodeFixes", "netstandard2.0", "BpfMaps.CodeFixes.dll");

    public static string ToolAssembly => Output("BpfMaps.Tool", "net10.0", "bpfmaps.dll");

    public string this[string path] => Path.Combine(_root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
    }

    public void Restore()
    {
        (int exitCode, string output) = Run("restore");
        Assert.True(exitCode == 0, $"The restore failed:\n{output}");
    }

    /// <summary>Builds the project and expects success.</summary>
    /// <returns>What the build said.</returns>
    public string Build(params string[] arguments)
    {
        (int exitCode, string output) = Run(["build", .. arguments]);
        Assert.True(exitCode == 0, $"The build failed:\n{output}");
        return output;
    }

    /// <summary>Builds the project and expects failure.</summary>
    /// <returns>The errors, each once, without the project's name.</returns>
    public string[] BuildErrors(params string[] arguments)
    {
        (int exitCode, string output) = Run(["build", .. arguments]);
        Assert.True(exitCode != 0, $"The build did not fail:\n{output}");
        return [.. output.Split('\n')
            .Where(line => line.Contains(": error ", StringComparison.Ordinal))
            .Select(line => line[..(line.LastIndexOf(" [", StringComparison.Ordinal) is >= 0 and var end ? end : line.Length)].Replace(_root + "/", "", StringComparison.Ordinal).Trim())
            .Distinct()];
    }

    public void Clean() => Assert.Equal(0, Run("clean").ExitCode);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private (int ExitCode, string Output) Run(params string[] arguments)
    {
        // Nodes that outlive the build would hold the folder, and the compiler server our analyzers.
        (int exitCode, string output, string errors) = Processes.TryRun(
            "dotnet", [arguments[0], ProjectFile, .. arguments[1..], "-nodeReuse:false", "-p:UseSharedCompilation=false", "-clp:NoSummary"]);
        return (exitCode, output + errors);
    }

    private static string Output(string project, string framework, string file) => $"{s_source}/{project}/bin/{s_configuration}/{framework}/{file}";

    private static string Metadata(string key) =>
        typeof(ConsumerProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
