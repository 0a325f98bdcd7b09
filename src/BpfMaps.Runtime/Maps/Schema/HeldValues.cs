namespace BpfMaps;

/// <summary>
/// The map types whose values are kernel objects: maps, programs, sockets. Their values are not declared, except for the size if there are
/// several.
/// </summary>
internal static class HeldValues
{
    private const int Descriptor = sizeof(uint);

    /// <summary>The size of an interface or a queue with a program, and of the cookie of a socket.</summary>
    private const int Pair = sizeof(ulong);

    /// <summary>The default maximum depth of a stack (kernel.perf_event_max_stack).</summary>
    private const int MostFrames = 127;

    /// <summary>Returns whether the values are determined by the map type.</summary>
    public static bool DecidesValues(this BpfMapType type) => UsualSize(type, BpfMapFlags.None) is not null;

    /// <summary>Returns the default <c>value_size</c> of a map type; <see langword="null"/> for map types with declared values.</summary>
    public static int? UsualSize(BpfMapType type, BpfMapFlags flags) =>
        type switch
        {
            BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps or BpfMapType.ProgArray or BpfMapType.CgroupArray or BpfMapType.XskMap =>
                Descriptor,
            BpfMapType.DevMap
            or BpfMapType.DevMapHash
            or BpfMapType.CpuMap
            or BpfMapType.SockMap
            or BpfMapType.SockHash
            or BpfMapType.ReusePortSockArray => Pair,
            BpfMapType.StackTrace => MostFrames * (flags.HasFlag(BpfMapFlags.StackBuildId) ? BpfStackBuildId.Size : sizeof(ulong)),
            BpfMapType.Arena => 0,
            _ => null,
        };

    /// <summary>The size for kernels without programs in device maps (Linux 5.8) and CPU maps (Linux 5.9).</summary>
    public static int? OlderSize(BpfMapType type) => type.DecidesValues() && UsualSize(type, BpfMapFlags.None) == Pair ? Descriptor : null;
}
