using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>
/// Map types whose values are not declared, such as maps of programs. A declaration can only choose the size of the values, if the kernel
/// allows several.
/// </summary>
internal static class KernelValues
{
    /// <summary>The default of kernel.perf_event_max_stack.</summary>
    private const int MostFrames = 127;

    private const int BuildIdSize = 32;

    /// <summary>Gets the contents of such maps, for messages; <see langword="null"/> for map types with declared values.</summary>
    public static string? Of(BpfMapType type) =>
        type switch
        {
            BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps => "maps",
            BpfMapType.ProgArray => "programs",
            BpfMapType.CgroupArray => "cgroups",
            BpfMapType.StackTrace => "stacks",
            BpfMapType.DevMap or BpfMapType.DevMapHash => "network interfaces",
            BpfMapType.CpuMap => "CPUs",
            BpfMapType.SockMap or BpfMapType.SockHash or BpfMapType.ReusePortSockArray or BpfMapType.XskMap => "sockets",
            BpfMapType.Arena => "pages of memory",
            _ => null,
        };

    /// <summary>Gets the size of such values if the kernel allows only one.</summary>
    public static int? OnlySize(BpfMapType type) =>
        type switch
        {
            BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps or BpfMapType.ProgArray or BpfMapType.CgroupArray or BpfMapType.XskMap => 4,
            BpfMapType.Arena => 0,
            _ => null,
        };

    /// <summary>Gets the valid sizes of such values if this one is not valid.</summary>
    public static string? WhyRefused(BpfMapType type, BpfMapFlags flags, int size)
    {
        switch (type)
        {
            case BpfMapType.StackTrace:
                int frame = (flags & BpfMapFlags.StackBuildId) != 0 ? BuildIdSize : 8;
                return size > 0 && size % frame == 0 && size / frame <= MostFrames
                    ? null
                    : $"1 to {MostFrames.Text()} frames of {frame.Text()} bytes";
            case BpfMapType.DevMap or BpfMapType.DevMapHash or BpfMapType.CpuMap:
                return size is 4 or 8 ? null : "8 bytes, or 4 bytes without a program";
            case BpfMapType.SockMap or BpfMapType.SockHash or BpfMapType.ReusePortSockArray:
                return size is 4 or 8 ? null : "8 bytes, or 4 bytes without lookups";
            case BpfMapType.Arena:
                return size == 0 ? null : "0 bytes: MaxEntries is the number of pages";
            default:
                return OnlySize(type) is not { } only || size == only
                    ? null
                    : $"{only.Text()} bytes: file descriptors when written, ids when read";
        }
    }
}
