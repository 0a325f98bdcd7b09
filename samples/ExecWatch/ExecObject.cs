using BpfMaps;

namespace ExecWatch;

/// <summary>The compiled program: its maps, variables and programs are generated from the object that the build compiles.</summary>
[BpfObject("exec.bpf.o")]
internal sealed partial class ExecObject;
