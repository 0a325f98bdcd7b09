namespace BpfMaps.Tests;

/// <summary>What tests do with programs and streams again and again.</summary>
internal static class StreamUse
{
    /// <summary>Reads events asynchronously that come one by one, each when the reader is about to wait.</summary>
    public static async Task ReadLateRecords(this BpfEventStream<Event> stream, int count)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using IAsyncEnumerator<Event> reading = stream.ReadAllAsync(token).GetAsyncEnumerator(token);
        for (int i = 0; i < count; i++)
        {
            Assert.True(await reading.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), token), "The reading ended.");
            Assert.Equal((ulong)i, reading.Current.Sequence);
        }
    }

    /// <summary>Takes all requests; gives how many.</summary>
    public static int Drain(this StreamPrograms programs)
    {
        int drained = programs.TryDrain();
        Assert.True(drained >= 0, $"bpf_user_ringbuf_drain answered {drained}.");
        return drained;
    }

    /// <summary>Writes events until all have found room.</summary>
    public static void ProduceAll(this StreamPrograms programs, int count, ulong first = 0)
    {
        for (int written = 0; written < count;)
        {
            int more = programs.Produce(first + (ulong)written, count - written);
            written += more;
            if (more == 0)
                Thread.Yield();
        }
    }
}
