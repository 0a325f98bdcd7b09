using BpfMaps;

namespace KernelMetrics;

/// <summary>The compiled BPF object. Its maps and programs are generated as members.</summary>
[BpfObject("kernel.bpf.o")]
internal sealed partial class KernelObject;
