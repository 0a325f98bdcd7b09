namespace BpfMaps.Tool.Building;

/// <summary>Options of the compiler.</summary>
/// <param name="Clang">A path, or a name to find in PATH.</param>
/// <param name="Flags">The flags from the project, with quotes.</param>
/// <param name="Architecture">The name of the processor architecture in libbpf; empty if unknown.</param>
/// <param name="Strip">Whether debug information is removed.</param>
internal sealed record CompilerOptions(string Clang, string Flags, string Architecture, bool Strip)
{
    public IReadOnlyList<string> IncludeFolders { get; init; } = [];
}
