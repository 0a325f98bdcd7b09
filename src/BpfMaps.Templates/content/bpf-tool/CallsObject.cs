using BpfMaps;

/// <summary>The BPF object of bpf/calls.bpf.c. Its maps, variables and programs are generated as members.</summary>
[BpfObject("calls.bpf.o")]
internal sealed partial class CallsObject;
