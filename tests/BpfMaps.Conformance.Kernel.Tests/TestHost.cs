namespace BpfMaps.Tests;

/// <summary>The host that executes the map commands: the kernel of this machine.</summary>
internal static class TestHost
{
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

    /// <summary>Requires the behavior of a Linux version, which later versions share.</summary>
    public static void RequireBehaviorOfLinux(int major, int minor) => Require.KernelVersion(major, minor);
}
