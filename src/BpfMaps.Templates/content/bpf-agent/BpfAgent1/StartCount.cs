using BpfMaps;

namespace Agent;

/// <summary>How often a command was started.</summary>
[BpfMap(Type = BpfMapType.Hash, MaxEntries = 4096, Name = "starts", Object = "agent.bpf.o", ClassName = "StartsMap")]
public struct StartCount
{
    public struct Key
    {
        [BpfLabel("command")]
        public BpfText<Bytes16> Command;
    }

    [BpfCounter("process.starts", Unit = "{process}", Description = "Programs that were started")]
    public ulong Count;
}
