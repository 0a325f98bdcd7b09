namespace BpfMaps.Tests;

/// <summary>A project that references the projects of this repository.</summary>
internal sealed class ConsumerProject : ProjectFolder
{
    /// <param name="items">Items of the project file, such as <c>&lt;BpfProgram Include="bpf/*.bpf.c" /&gt;</c>.</param>
    /// <param name="folder">The folder; a new one if <see langword="null"/>.</param>
    /// <param name="outputType">Exe or Library.</param>
    /// <param name="name">The project's name.</param>
    /// <param name="properties">Properties of the project file.</param>
    public ConsumerProject(string items, string? folder = null, string outputType = "Exe", string name = "Consumer", string properties = "")
        : base(folder ?? NewFolder(), name)
    {
        Write(
            $"{name}.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>{outputType}</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <BpfMapsTool>{ToolAssembly}</BpfMapsTool>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Output("BpfMaps.Runtime", "net10.0", "BpfMaps.Runtime.dll")}" />
                <Reference Include="{LibbpfAssembly}" />
                <Analyzer Include="{Output("BpfMaps.Generators", "netstandard2.0", "BpfMaps.Generators.dll")}" />
                <Analyzer Include="{CodeFixesAssembly}" />
                {items}
              </ItemGroup>
              <Import Project="{Checkout.Root}src/BpfMaps.Runtime/buildTransitive/BpfMaps.targets" />
              <Import Project="{Checkout.Root}src/BpfMaps.Libbpf/buildTransitive/BpfMaps.Libbpf.targets" />
            </Project>
            """
        );
        Write("Program.cs", outputType == "Exe" ? """System.Console.WriteLine("built");""" : "");
    }

    /// <summary>Allows padding in the C keys of objects, which only their sources can change.</summary>
    public void AllowPaddingInC() => Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.BPFMAP058.severity = none\n");

    /// <summary>A new folder with spaces in its name.</summary>
    public static string NewFolder() => Path.Combine(Path.GetTempPath(), $"bpf maps {Guid.NewGuid():N}");

    /// <summary>An item that leaves out BpfMaps.Libbpf, as in a project that uses maps and loads no objects.</summary>
    public static string WithoutLibbpf => $"""<Reference Remove="{LibbpfAssembly}" />""";

    public static string CodeFixesAssembly => Output("BpfMaps.CodeFixes", "netstandard2.0", "BpfMaps.CodeFixes.dll");

    public static string ToolAssembly => Output("BpfMaps.Tool", "net10.0", "bpfmaps.dll");

    private static string LibbpfAssembly => Output("BpfMaps.Libbpf", "net10.0", "BpfMaps.Libbpf.dll");

    private static string Output(string project, string framework, string file) =>
        $"{Checkout.Root}src/{project}/bin/{Checkout.Configuration}/{framework}/{file}";
}
