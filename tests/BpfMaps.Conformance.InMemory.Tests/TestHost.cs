namespace BpfMaps.Tests;

/// <summary>Who executes the maps' commands: a host in this process. All tests share it, as they share the kernel.</summary>
internal static class TestHost
{
    private static readonly Version s_linux = new(6, 18);

    /// <summary>The host of every map that a test creates. Its CPUs have holes between them, as those of some machines do.</summary>
    public static BpfHost Current { get; } = new InMemoryBpfHost([0, 1, 4]);

    /// <summary>A directory for pins that nobody else uses.</summary>
    public static PinDirectory Pins() => new();

    /// <summary>Asks for the answers of a version of Linux, which later ones give too.</summary>
    public static void AnswersLikeLinux(int major, int minor) =>
        Assert.True(s_linux >= new Version(major, minor), $"The host in memory answers like Linux {s_linux}, not {major}.{minor}.");
}
