using BpfMaps;

namespace Guard;

/// <summary>The filter: bpf/guard.bpf.c, embedded in this program.</summary>
[BpfObject("guard.bpf.o")]
internal sealed partial class GuardObject;
