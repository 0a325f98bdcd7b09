using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Why the running kernel cannot load an object or attach a program: it lacks a map type or a kind of program.</summary>
internal static class KernelLacks
{
    /// <returns>A sentence for each map and program that the kernel does not have.</returns>
    public static IEnumerable<string> Of(BpfObject bpfObject)
    {
        foreach (BpfObjectMap map in bpfObject.Maps)
        {
            if (map.Type != BpfMapType.StructOps && !Supports(map.Type))
                yield return $"Map '{map.Name}': this kernel does not support maps of type {map.Type}. {MapTypeAdvice.Missing(map.Type)}".TrimEnd();
        }
        foreach (BpfObjectProgram program in bpfObject.Programs.Where(static program => program.AutoLoad))
        {
            if (Of(program) is { } missing)
                yield return missing;
        }
    }

    /// <summary>Returns why the kernel cannot have a program; <see langword="null"/> if it can, or if that is unknown.</summary>
    public static string? Of(BpfObjectProgram program) =>
        ProgramKinds.WhyMissing(program.Name, program.SectionName, Environment.OSVersion.Version, KernelOptions.Lacks)
        ?? OlderLibbpf(program.SectionName, Libbpf.Version);

    /// <summary>Explains a failure of older versions of libbpf.</summary>
    internal static string? OlderLibbpf(string section, string libbpf) =>
        section.Contains(".multi/", StringComparison.Ordinal)
        && section.StartsWith('k')
        && section.IndexOfAny(['*', '?']) > 0
        && Version.TryParse(libbpf.AsSpan().TrimStart('v'), out Version? version)
        && version < s_traceableFunctions
            ? $"libbpf {version} looks for the pattern of '{section}' in all symbols of the kernel, and the kernel refuses all of them if one cannot be traced: install libbpf {s_traceableFunctions} or later."
            : null;

    private static readonly Version s_traceableFunctions = new(1, 3);

    private static bool Supports(BpfMapType type)
    {
        try
        {
            return BpfHost.Kernel.SupportsMapType(type);
        }
        catch (BpfException)
        {
            return true; // It cannot be determined, for example without CAP_BPF.
        }
    }
}
