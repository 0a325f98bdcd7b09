namespace BpfMaps.Tests;

/// <summary>The object of <c>Fixtures/storages.bpf.c</c>; its members are generated from <c>storages.bpf.layout</c>.</summary>
[BpfObject("storages.bpf.o")]
internal sealed partial class StoragesObject;
