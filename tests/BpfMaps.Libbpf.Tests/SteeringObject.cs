namespace BpfMaps.Tests;

/// <summary>The class of <c>Fixtures/steering.bpf.c</c>, with members generated from <c>steering.bpf.layout</c>.</summary>
[BpfObject("steering.bpf.o")]
internal sealed partial class SteeringObject;
