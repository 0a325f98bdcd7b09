namespace BpfMaps.Generators.Diagnostics;

internal static class DiagnosticCategories
{
    /// <summary>How maps are declared and used.</summary>
    public const string Usage = "BpfMaps.Usage";

    /// <summary>What the bytes of keys and values are.</summary>
    public const string Layout = "BpfMaps.Layout";

    /// <summary>What compiled BPF objects say of maps.</summary>
    public const string Btf = "BpfMaps.Btf";

    /// <summary>What could be faster.</summary>
    public const string Performance = "BpfMaps.Performance";
}
