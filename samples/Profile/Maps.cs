using BpfMaps;

namespace Profile;

/// <summary>How many samples there are of each place.</summary>
[BpfMap(Type = BpfMapType.Hash, Name = "samples", Object = "profile.bpf.o", Key = typeof(Sample), Value = typeof(ulong))]
internal sealed partial class SampleMap;

/// <summary>Where a thread was when it was sampled.</summary>
internal struct Sample
{
    public uint ProcessId;

    /// <summary>The id of the stack in user space; negative if there is none.</summary>
    public int UserStack;

    /// <summary>The id of the stack in the kernel; negative if there is none.</summary>
    public int KernelStack;
    public BpfText<Bytes16> Command;
}

/// <summary>The compiled BPF object. Its maps, variables and programs are generated as members.</summary>
[BpfObject("profile.bpf.o")]
internal sealed partial class ProfileObject;
