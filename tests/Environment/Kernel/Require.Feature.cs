namespace BpfMaps.Tests;

internal static partial class Require
{
    /// <summary>
    /// Requires a feature of the kernel. The test runs if the version of the kernel has the feature, and so fails if the kernel does not
    /// have it in spite of its version.
    /// </summary>
    public static void Feature(KernelFeature feature)
    {
        Kernel();
        Version running = Environment.OSVersion.Version;
        if (!feature.IsInThisKernel)
            Missing($"linux-{feature.First}", $"Linux {feature.First} introduced: {feature.Name} (this kernel is {running.ToString(2)})");
    }

    /// <summary>Requires maps of a type; see <see cref="Feature"/>.</summary>
    public static void MapType(BpfMapType type) => Feature(KernelFeature.MapType(type));
}
