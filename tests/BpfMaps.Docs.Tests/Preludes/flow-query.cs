using System.Runtime.CompilerServices;
using BpfMaps;

using FlowMap flows = FlowMap.Create();
using BpfQuery<uint, Flow> query = flows.InKernel();
ulong limit = (ulong)flows.Count() + 1000;

[InlineArray(4)]
public struct Slots
{
    private ulong _first;
}

[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), MaxEntries = 256)]
public struct Flow
{
    public ulong Sent;
    public ulong Received;
    public Slots Slots;
    public BpfText<Bytes16> Name;
    public BpfText<Bytes16> Parent;
    public BpfText<Bytes256> Path;

    public readonly ulong Total => Sent + Received;
}
