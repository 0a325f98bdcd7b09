namespace BpfMaps.Tests;

/// <summary>Creates the maps of tests that apply everywhere.</summary>
internal static class Places
{
    /// <summary>Gets the host of the map, and how it is queried.</summary>
    public static (BpfHost Host, BpfQueryExecution Execution) At(QueryPlace place)
    {
        if (place != QueryPlace.InMemory)
            Require.Kernel();
        return place switch
        {
            QueryPlace.Kernel => (BpfHost.Kernel, BpfQueryExecution.KernelOnly),
            QueryPlace.UserSpace => (BpfHost.Kernel, BpfQueryExecution.UserSpaceOnly),
            _ => (new InMemoryBpfHost(2), BpfQueryExecution.Automatic),
        };
    }
}
