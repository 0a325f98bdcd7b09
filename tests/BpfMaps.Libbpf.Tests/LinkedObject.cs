namespace BpfMaps.Tests;

/// <summary>
/// The object that is linked from <c>Fixtures/linked_a.bpf.c</c> and <c>linked_b.bpf.c</c>; its members are generated from
/// <c>linked.bpf.layout</c>.
/// </summary>
[BpfObject("linked.bpf.o")]
internal sealed partial class LinkedObject;
