namespace BpfMaps.Tests;

/// <summary>The object of <c>Fixtures/steering.bpf.c</c>; its members are generated from <c>steering.bpf.layout</c>.</summary>
[BpfObject("steering.bpf.o")]
internal sealed partial class SteeringObject;
