using BpfMaps;

namespace ExecWatch;

/// <summary>The compiled BPF object. Its maps, variables and programs are generated as members.</summary>
[BpfObject("exec.bpf.o")]
internal sealed partial class ExecObject;
