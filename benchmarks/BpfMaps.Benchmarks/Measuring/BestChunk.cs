namespace BpfMaps.Benchmarks;

/// <summary>Looks for the chunk with which C walks fastest over a map.</summary>
internal static class BestChunk
{
    private const int Attempts = 9;
    private static readonly uint[] s_chunks = [64, 256, 1024, 4096, 16_384, 65_536];

    /// <param name="walk">Walks with a chunk; tells nanoseconds, or 0 if it failed.</param>
    /// <param name="largest">The largest chunk to try: C's buffers are not larger.</param>
    public static uint Of(Func<uint, ulong> walk, uint largest = 65_536)
    {
        return s_chunks.Where(chunk => chunk <= largest).MinBy(Fastest);

        ulong Fastest(uint chunk) => Enumerable.Range(0, Attempts).Min(_ => walk(chunk) is > 0 and ulong nanoseconds ? nanoseconds : throw new InvalidOperationException($"C could not walk with chunks of {chunk}."));
    }
}
