using BpfMaps;

namespace Agent;

/// <summary>The BPF object of bpf/agent.bpf.c. Its programs and maps are generated as members; this project declares the maps.</summary>
[BpfObject("agent.bpf.o")]
public sealed partial class AgentObject;
