namespace BpfMaps.Tests;

internal static partial class Require
{
    /// <summary>Requires a kernel that supports a map type.</summary>
    public static void MapType(BpfMapType type)
    {
        if (!BpfHost.Kernel.SupportsMapType(type))
            Missing($"maps-{type}", $"this kernel has no maps of type {type}");
    }
}
