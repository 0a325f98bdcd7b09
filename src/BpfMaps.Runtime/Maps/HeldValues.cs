namespace BpfMaps;

/// <summary>The kinds that hold something of the kernel's: a map, a program, a socket. What their values are no declaration says, only how large they are where the kernel leaves a choice.</summary>
internal static class HeldValues
{
    private const int Descriptor = sizeof(uint);

    /// <summary>An interface or a queue with a program beside it; the cookie of a socket.</summary>
    private const int Pair = sizeof(ulong);

    /// <summary>What the kernel records of a stack unless kernel.perf_event_max_stack says otherwise.</summary>
    private const int MostFrames = 127;
    /// <summary>Whether the kind decides what its values are.</summary>
    public static bool DecidesValues(this BpfMapType type) => UsualSize(type, BpfMapFlags.None) is not null;

    /// <summary>The <c>value_size</c> that a map of the kind is created with; <see langword="null"/> for kinds whose values are declared.</summary>
    public static int? UsualSize(BpfMapType type, BpfMapFlags flags) => type switch
    {
        BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps or BpfMapType.ProgArray or BpfMapType.CgroupArray or BpfMapType.XskMap => Descriptor,
        BpfMapType.DevMap or BpfMapType.DevMapHash or BpfMapType.CpuMap or BpfMapType.SockMap or BpfMapType.SockHash or BpfMapType.ReusePortSockArray => Pair,
        BpfMapType.StackTrace => MostFrames * (flags.HasFlag(BpfMapFlags.StackBuildId) ? BpfStackBuildId.Size : sizeof(ulong)),
        BpfMapType.Arena => 0,
        _ => null,
    };

    /// <summary>The size that a kernel takes which does not have the usual one yet: programs beside devices and CPUs came with Linux 5.8 and 5.9.</summary>
    public static int? OlderSize(BpfMapType type) => type.DecidesValues() && UsualSize(type, BpfMapFlags.None) == Pair ? Descriptor : null;
}
