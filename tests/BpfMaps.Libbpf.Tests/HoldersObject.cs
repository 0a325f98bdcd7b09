namespace BpfMaps.Tests;

/// <summary>The class of <c>Fixtures/holders.bpf.c</c>, with members generated from <c>holders.bpf.layout</c>.</summary>
[BpfObject("holders.bpf.o")]
internal sealed partial class HoldersObject;
