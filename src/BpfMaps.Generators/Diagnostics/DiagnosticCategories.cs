namespace BpfMaps.Generators.Diagnostics;

internal static class DiagnosticCategories
{
    /// <summary>Declaration and use of maps.</summary>
    public const string Usage = "BpfMaps.Usage";

    /// <summary>The layout of keys and values.</summary>
    public const string Layout = "BpfMaps.Layout";

    /// <summary>Comparison with compiled BPF objects.</summary>
    public const string Btf = "BpfMaps.Btf";

    /// <summary>Performance.</summary>
    public const string Performance = "BpfMaps.Performance";
}
