namespace BpfMaps.Tests;

/// <summary>The class of <c>Fixtures/typed.bpf.c</c>, with members generated from <c>typed.bpf.layout</c>.</summary>
[BpfObject("typed.bpf.o")]
internal sealed partial class TypedObject;

/// <summary>The values of the object's map <c>own</c>, declared by the tests.</summary>
[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Object = "typed.bpf.o", Name = "own")]
internal struct OwnStats
{
    public ulong Calls,
        LastNumber;
    public uint Verdict;
    public Bytes16 Address;
}
