namespace BpfMaps.Tests;

/// <summary>The object of <c>Fixtures/sizes.bpf.c</c>; its members are generated from <c>sizes.bpf.layout</c>.</summary>
[BpfObject("sizes.bpf.o")]
internal sealed partial class SizesObject;

/// <summary>The values of its map <c>hollows</c>, as a program declares them that does not use the object's class.</summary>
[BpfMap(Type = BpfMapType.Hash, Key = typeof(Be32), Name = "hollows")]
internal struct Hollow
{
    public uint A,
        B;
}
