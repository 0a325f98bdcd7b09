namespace BpfMaps.Tests;

/// <summary>The object of <c>Fixtures/typed.bpf.c</c>; its members are generated from <c>typed.bpf.layout</c>.</summary>
[BpfObject("typed.bpf.o")]
internal sealed partial class TypedObject;

/// <summary>The values of its map <c>own</c>, as the tests declare them themselves.</summary>
[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), Object = "typed.bpf.o", Name = "own")]
internal struct OwnStats
{
    public ulong Calls, LastNumber;
    public uint Verdict;
    public Bytes16 Address;
}
