using BpfMaps;

namespace SyscallTop;

/// <summary>The compiled BPF object. Its maps, variables and programs are generated as members.</summary>
[BpfObject("syscalls.bpf.o")]
internal sealed partial class Syscalls;
