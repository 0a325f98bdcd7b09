namespace BpfMaps.Benchmarks;

/// <summary>Finds the chunk size with which C walks a map fastest.</summary>
internal static class BestChunk
{
    private const int Attempts = 9;
    private static readonly uint[] s_chunks = [64, 256, 1024, 4096, 16_384, 65_536];

    /// <param name="walk">Walks with a chunk size and returns nanoseconds, or 0 if it failed.</param>
    /// <param name="largest">The largest chunk size to try, the size of C's buffers.</param>
    public static uint Of(Func<uint, ulong> walk, uint largest = 65_536)
    {
        return s_chunks.Where(chunk => chunk <= largest).MinBy(Fastest);

        ulong Fastest(uint chunk) =>
            Enumerable
                .Range(0, Attempts)
                .Min(_ =>
                    walk(chunk) is > 0 and ulong nanoseconds
                        ? nanoseconds
                        : throw new InvalidOperationException($"C could not walk the map with chunks of {chunk}.")
                );
    }
}
