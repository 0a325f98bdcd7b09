namespace BpfMaps.Tests;

/// <summary>Who executes the maps' commands: the kernel of this machine.</summary>
internal static class TestHost
{
    /// <summary>The host of every map that a test creates. Skips the test where there is none to be had.</summary>
    public static BpfHost Current
    {
        get
        {
            Require.Kernel();
            return BpfHost.Kernel;
        }
    }

    /// <summary>A directory for pins that nobody else uses.</summary>
    public static PinDirectory Pins() => Require.BpfFs();

    /// <summary>Asks for the answers of a version of Linux, which later ones give too.</summary>
    public static void AnswersLikeLinux(int major, int minor) => Require.KernelVersion(major, minor);
}
