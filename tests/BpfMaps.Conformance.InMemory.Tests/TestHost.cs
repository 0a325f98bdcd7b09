namespace BpfMaps.Tests;

/// <summary>The host that executes the map commands: one in this process, shared by all tests, as the kernel is.</summary>
internal static class TestHost
{
    /// <summary>The version of Linux that the host behaves like.</summary>
    public static Version Linux { get; } = new(6, 18);

    /// <summary>The host of every map that a test creates. Its CPU numbers have gaps, as on some machines.</summary>
    public static BpfHost Current { get; } = new InMemoryBpfHost([0, 1, 4]);

    /// <summary>Creates a unique directory for pins.</summary>
    public static PinDirectory Pins() => new();

    /// <summary>Requires a feature of the kernel, which the host has too.</summary>
    public static void RequireFeature(KernelFeature feature) =>
        Assert.True(Linux >= feature.First, $"The in-memory host behaves like Linux {Linux}, without: {feature}.");
}
