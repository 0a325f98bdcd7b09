namespace BpfMaps.Tests;

/// <summary>The object of <c>Fixtures/holders.bpf.c</c>; its members are generated from <c>holders.bpf.layout</c>.</summary>
[BpfObject("holders.bpf.o")]
internal sealed partial class HoldersObject;
