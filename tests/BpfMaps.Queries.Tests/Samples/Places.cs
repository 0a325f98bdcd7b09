namespace BpfMaps.Tests;

/// <summary>Creates the maps of tests that apply everywhere.</summary>
internal static class Places
{
    /// <summary>Gets all places. In other kernels, the tests of maps in memory are left out.</summary>
    public static TheoryData<QueryPlace> All =>
        SequenceCount.IsSet ? [QueryPlace.Kernel, QueryPlace.UserSpace] : [.. Enum.GetValues<QueryPlace>()];

    /// <summary>Gets the host of the map, and how it is queried.</summary>
    /// <param name="place">The place.</param>
    /// <param name="feature">What the kernel needs to answer queries of the map; <see langword="null"/> for that of plain hashes.</param>
    public static (BpfHost Host, BpfQueryExecution Execution) At(QueryPlace place, KernelFeature? feature = null)
    {
        if (place == QueryPlace.Kernel)
            Require.Feature(feature ?? KernelFeature.Queries);
        else if (place == QueryPlace.UserSpace)
            Require.Kernel();
        return place switch
        {
            QueryPlace.Kernel => (BpfHost.Kernel, BpfQueryExecution.KernelOnly),
            QueryPlace.UserSpace => (BpfHost.Kernel, BpfQueryExecution.UserSpaceOnly),
            _ => (new InMemoryBpfHost(2), BpfQueryExecution.Automatic),
        };
    }
}
