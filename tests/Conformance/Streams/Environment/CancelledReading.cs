namespace BpfMaps.Tests;

/// <summary>Reads streams until they are cancelled.</summary>
internal static class CancelledReading
{
    /// <summary>Reads records until the token is cancelled or the stream ends. Returns the number of records.</summary>
    public static async Task<int> CountUntilCancelled<T>(this BpfEventStream<T> stream, CancellationToken cancellationToken)
        where T : unmanaged
    {
        int count = 0;
        try
        {
            await foreach (T _ in stream.ReadAllAsync(cancellationToken))
                count++;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return count;
        }

        return count;
    }
}
