namespace BpfMaps.Tests;

/// <summary>The host that executes the map commands: the kernel of this machine.</summary>
internal static class TestHost
{
    /// <summary>The version of the kernel.</summary>
    public static Version Linux { get; } = Environment.OSVersion.Version;

    /// <summary>The host of every map that a test creates. Skips the test if the kernel cannot be used.</summary>
    public static BpfHost Current
    {
        get
        {
            Require.Kernel();
            return BpfHost.Kernel;
        }
    }

    /// <summary>Creates a unique directory for pins.</summary>
    public static PinDirectory Pins() => Require.BpfFs();

    /// <summary>Requires a feature of the kernel.</summary>
    public static void RequireFeature(KernelFeature feature) => Require.Feature(feature);
}
