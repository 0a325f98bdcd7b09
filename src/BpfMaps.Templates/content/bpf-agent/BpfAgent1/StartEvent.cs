using BpfMaps;

namespace Agent;

/// <summary>A program was started.</summary>
[BpfMap(Type = BpfMapType.RingBuf, MaxEntries = 262144, Name = "events", Object = "agent.bpf.o", ClassName = "StartEvents")]
public struct StartEvent
{
    public uint ProcessId;
    public BpfText<Bytes16> Command;
}
