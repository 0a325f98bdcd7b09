namespace BpfMaps.Tests;

/// <summary>The class of <c>Fixtures/recent.bpf.c</c>, with members generated from <c>recent.bpf.layout</c>.</summary>
[BpfObject("recent.bpf.o")]
internal sealed partial class RecentObject;
