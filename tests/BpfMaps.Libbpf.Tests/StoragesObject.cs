namespace BpfMaps.Tests;

/// <summary>The class of <c>Fixtures/storages.bpf.c</c>, with members generated from <c>storages.bpf.layout</c>.</summary>
[BpfObject("storages.bpf.o")]
internal sealed partial class StoragesObject;

/// <summary>The values of the object's map <c>attached</c>, declared with the runtime's key.</summary>
[BpfMap(Type = BpfMapType.CgroupStorage, Object = "storages.bpf.o", Name = "attached")]
internal struct EgressStats
{
    public ulong Count,
        Bytes;
}
