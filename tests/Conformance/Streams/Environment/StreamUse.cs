namespace BpfMaps.Tests;

/// <summary>Common operations of stream tests.</summary>
internal static class StreamUse
{
    /// <summary>Reads events asynchronously; each is written when the reader is about to wait.</summary>
    public static async Task ReadLateRecords(this BpfEventStream<Event> stream, int count)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using BpfEventStream<Event>.AsyncEnumerator reading = stream.ReadAllAsync(token).GetAsyncEnumerator(token);
        for (int i = 0; i < count; i++)
        {
            Assert.True(
                await reading.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), token),
                "The asynchronous enumeration ended."
            );
            Assert.Equal((ulong)i, reading.Current.Sequence);
        }
    }

    /// <summary>Drains all requests. Returns their number.</summary>
    public static int Drain(this StreamPrograms programs)
    {
        int drained = programs.TryDrain();
        Assert.True(drained >= 0, $"bpf_user_ringbuf_drain returned {drained}.");
        return drained;
    }

    /// <summary>Writes events until all fit.</summary>
    public static void ProduceAll(this StreamPrograms programs, int count, ulong first = 0)
    {
        for (int written = 0; written < count; )
        {
            int more = programs.Produce(first + (ulong)written, count - written);
            written += more;
            if (more == 0)
                Thread.Yield();
        }
    }
}
