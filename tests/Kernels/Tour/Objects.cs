using BpfMaps;

namespace Tour;

[BpfObject("opens.bpf.o")]
internal sealed partial class OpensObject;

[BpfObject("many.bpf.o")]
internal sealed partial class ManyObject;

[BpfObject("links.bpf.o")]
internal sealed partial class LinksObject;

[BpfObject("named.bpf.o")]
internal sealed partial class NamedObject;

[BpfObject("functions.bpf.o")]
internal sealed partial class FunctionsObject;

[BpfObject("tasks.bpf.o")]
internal sealed partial class TasksObject;

[BpfObject("guard.bpf.o")]
internal sealed partial class GuardObject;

[BpfObject("profile.bpf.o")]
internal sealed partial class ProfileObject;

[BpfObject("egress.bpf.o")]
internal sealed partial class EgressObject;

[BpfObject("groups.bpf.o")]
internal sealed partial class GroupsObject;

[BpfObject("packets.bpf.o")]
internal sealed partial class PacketsObject;

[BpfObject("recent.bpf.o")]
internal sealed partial class RecentObject;

[BpfObject("types.bpf.o")]
internal sealed partial class TypesObject;

#pragma warning disable BPFMAP038 // No program uses these maps; the tour creates them.

[BpfMap(Type = BpfMapType.PerCpuHash, Key = typeof(uint), MaxEntries = 1000)]
internal struct Counters
{
    public ulong Count;
}

[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 8)]
internal struct Slots
{
    public ulong Count;
}

[BpfMap(Type = BpfMapType.LpmTrie, Key = typeof(LpmKey<Be32>), MaxEntries = 16)]
internal struct Networks
{
    public uint Id;
}

[BpfMap(Type = BpfMapType.Hash, Key = typeof(uint), MaxEntries = 8)]
internal struct Averages
{
    public BpfSpinLock Lock;
    public float Value;
}

[BpfMap(Type = BpfMapType.SkStorage)]
internal struct SocketLoads
{
    public float Average;
    private readonly uint _padding;
    public double Total;
}

[BpfMap(Type = BpfMapType.CgroupArray, MaxEntries = 4)]
internal sealed partial class CgroupsMap;
