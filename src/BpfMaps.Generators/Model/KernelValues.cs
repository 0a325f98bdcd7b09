using System.Globalization;

namespace BpfMaps.Generators.Model;

/// <summary>The kinds that hold something of the kernel's: what their values are no declaration says, only how large they are where the kernel leaves a choice.</summary>
internal static class KernelValues
{
    /// <summary>The kernel's default for kernel.perf_event_max_stack.</summary>
    private const int MostFrames = 127;

    private const int BuildIdSize = 32;

    /// <summary>What maps of the kind hold; <see langword="null"/> for kinds whose values are declared.</summary>
    public static string? Of(MapType type) => type switch
    {
        MapType.ArrayOfMaps or MapType.HashOfMaps => "maps",
        MapType.ProgArray => "programs",
        MapType.CgroupArray => "control groups",
        MapType.StackTrace => "stacks",
        MapType.DevMap or MapType.DevMapHash => "network interfaces",
        MapType.CpuMap => "CPUs",
        MapType.SockMap or MapType.SockHash or MapType.ReusePortSockArray or MapType.XskMap => "sockets",
        MapType.Arena => "pages of memory",
        _ => null,
    };

    /// <summary>The size of such values where the kernel leaves no choice.</summary>
    public static int? OnlySize(MapType type) => type switch
    {
        MapType.ArrayOfMaps or MapType.HashOfMaps or MapType.ProgArray or MapType.CgroupArray or MapType.XskMap => 4,
        MapType.Arena => 0,
        _ => null,
    };

    /// <summary>Which sizes the kernel takes for such values, if it does not take this one.</summary>
    public static string? WhyRefused(MapType type, MapFlags flags, int size)
    {
        switch (type)
        {
            case MapType.StackTrace:
                int frame = (flags & MapFlags.StackBuildId) != 0 ? BuildIdSize : 8;
                return size > 0 && size % frame == 0 && size / frame <= MostFrames ? null : $"1 to {Text(MostFrames)} frames of {Text(frame)} bytes";
            case MapType.DevMap or MapType.DevMapHash or MapType.CpuMap:
                return size is 4 or 8 ? null : "8 bytes, or 4 without room for a program";
            case MapType.SockMap or MapType.SockHash or MapType.ReusePortSockArray:
                return size is 4 or 8 ? null : "8 bytes, or 4 without lookups";
            case MapType.Arena:
                return size == 0 ? null : "0 bytes: MaxEntries counts its pages";
            default:
                return OnlySize(type) is not { } only || size == only ? null : $"{Text(only)} bytes: a descriptor when written, an id when read";
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
