namespace BpfMaps.Tests;

/// <summary>The host that executes the map commands: one in this process, shared by all tests, as the kernel is.</summary>
internal static class TestHost
{
    private static readonly Version s_linux = new(6, 18);

    /// <summary>The host of every map that a test creates. Its CPU numbers have gaps, as on some machines.</summary>
    public static BpfHost Current { get; } = new InMemoryBpfHost([0, 1, 4]);

    /// <summary>Creates a unique directory for pins.</summary>
    public static PinDirectory Pins() => new();

    /// <summary>Requires the behavior of a Linux version, which later versions share.</summary>
    public static void RequireBehaviorOfLinux(int major, int minor) =>
        Assert.True(s_linux >= new Version(major, minor), $"The in-memory host behaves like Linux {s_linux}, not {major}.{minor}.");
}
