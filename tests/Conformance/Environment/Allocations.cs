namespace BpfMaps.Tests;

/// <summary>Counts the bytes that an operation allocates on its thread.</summary>
internal static class Allocations
{
    /// <summary>
    /// Returns the minimum of several runs after a warm-up: a garbage collection may empty the array pool between runs, and refilling it
    /// must not count.
    /// </summary>
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
