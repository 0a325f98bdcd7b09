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
    public static string? Of(MapType type) =>
        type switch
        {
            MapType.ArrayOfMaps or MapType.HashOfMaps => "maps",
            MapType.ProgArray => "programs",
            MapType.CgroupArray => "cgroups",
            MapType.StackTrace => "stacks",
            MapType.DevMap or MapType.DevMapHash => "network interfaces",
            MapType.CpuMap => "CPUs",
            MapType.SockMap or MapType.SockHash or MapType.ReusePortSockArray or MapType.XskMap => "sockets",
            MapType.Arena => "pages of memory",
            _ => null,
        };

    /// <summary>Gets the size of such values if the kernel allows only one.</summary>
    public static int? OnlySize(MapType type) =>
        type switch
        {
            MapType.ArrayOfMaps or MapType.HashOfMaps or MapType.ProgArray or MapType.CgroupArray or MapType.XskMap => 4,
            MapType.Arena => 0,
            _ => null,
        };

    /// <summary>Gets the valid sizes of such values if this one is not valid.</summary>
    public static string? WhyRefused(MapType type, MapFlags flags, int size)
    {
        switch (type)
        {
            case MapType.StackTrace:
                int frame = (flags & MapFlags.StackBuildId) != 0 ? BuildIdSize : 8;
                return size > 0 && size % frame == 0 && size / frame <= MostFrames
                    ? null
                    : $"1 to {MostFrames.Text()} frames of {frame.Text()} bytes";
            case MapType.DevMap or MapType.DevMapHash or MapType.CpuMap:
                return size is 4 or 8 ? null : "8 bytes, or 4 bytes without a program";
            case MapType.SockMap or MapType.SockHash or MapType.ReusePortSockArray:
                return size is 4 or 8 ? null : "8 bytes, or 4 bytes without lookups";
            case MapType.Arena:
                return size == 0 ? null : "0 bytes: MaxEntries is the number of pages";
            default:
                return OnlySize(type) is not { } only || size == only
                    ? null
                    : $"{only.Text()} bytes: file descriptors when written, ids when read";
        }
    }
}
