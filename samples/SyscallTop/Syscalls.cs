using BpfMaps;

namespace SyscallTop;

/// <summary>The compiled program: its maps, variables and programs are generated from the object that the build compiles.</summary>
[BpfObject("syscalls.bpf.o")]
internal sealed partial class Syscalls;
