namespace BpfMaps.Tests;

/// <summary>Counts the bytes that an operation allocates on its thread.</summary>
internal static class Allocations
{
    /// <summary>The least of several runs after a warm-up: a garbage collection may empty the array pool in between, and refilling it is not the operation's doing.</summary>
    public static long Of(Action operation)
    {
        operation();
        operation();
        long least = long.MaxValue;
        for (int run = 0; run < 5; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            operation();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
