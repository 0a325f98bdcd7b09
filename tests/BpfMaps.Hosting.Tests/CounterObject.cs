namespace BpfMaps.Tests;

/// <summary>The class of <c>Fixtures/counter.bpf.c</c>, with members generated from <c>counter.bpf.layout</c>.</summary>
[BpfObject("Fixtures/counter.bpf.o")]
public sealed partial class CounterObject;
