using BpfMaps;

namespace FileTrace;

/// <summary>A process opened a file, or failed to.</summary>
[BpfMap(Type = BpfMapType.RingBuf, Name = "opens", Object = "files.bpf.o", ClassName = "OpenRing")]
internal struct OpenEvent
{
    public uint ProcessId;

    /// <summary>The descriptor, or a negative error number.</summary>
    public int Result;
    public uint Flags;
    public BpfText<Bytes16> Command;
    public BpfText<Bytes256> Path;
}

/// <summary>The compiled BPF object. Its maps, variables and programs are generated as members.</summary>
[BpfObject("files.bpf.o")]
internal sealed partial class FilesObject;
