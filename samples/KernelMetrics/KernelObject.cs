using BpfMaps;

namespace KernelMetrics;

/// <summary>The compiled BPF object. Its maps and programs are generated as members.</summary>
[BpfObject("kernel.bpf.o")]
internal sealed partial class KernelObject
{
    /// <summary>Opens the object that the build has put into this program.</summary>
    public static KernelObject OpenEmbedded()
    {
        using Stream resource = typeof(KernelObject).Assembly.GetManifestResourceStream("kernel.bpf.o")!;
        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return OpenMemory(bytes);
    }
}
