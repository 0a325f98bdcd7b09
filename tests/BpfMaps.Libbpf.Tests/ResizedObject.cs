namespace BpfMaps.Tests;

/// <summary>The object of <c>Fixtures/resized.bpf.c</c>; its members are generated from <c>resized.bpf.layout</c>.</summary>
[BpfObject("resized.bpf.o")]
internal sealed partial class ResizedObject;
