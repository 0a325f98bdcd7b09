namespace BpfMaps.Tests;

/// <summary>Where a query of a test runs.</summary>
public enum QueryPlace
{
    /// <summary>In the kernel.</summary>
    Kernel,

    /// <summary>In this process, over a map of the kernel.</summary>
    UserSpace,

    /// <summary>In this process, over an in-memory map.</summary>
    InMemory,
}
