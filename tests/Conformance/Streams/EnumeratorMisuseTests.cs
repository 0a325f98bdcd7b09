namespace BpfMaps.Tests;

/// <summary>Enumerators of readings that are used by two callers at once.</summary>
[Collection(nameof(WholeProcess))]
public sealed class EnumeratorMisuseTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SecondStepBeforeTheFirstIsOver_IsRefusedAndTheFirstGoesOn()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        await using BpfEventStream<Event>.AsyncEnumerator reading = events.ReadAllAsync(Token).GetAsyncEnumerator(Token);
        ValueTask<bool> first = reading.MoveNextAsync();
        Assert.False(first.IsCompleted);

        InvalidOperationException problem = await Assert.ThrowsAsync<InvalidOperationException>(async () => await reading.MoveNextAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reading.DisposeAsync());
        Assert.Contains("await it before", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'events'", problem.Message, StringComparison.Ordinal);

        Assert.Equal(2, programs.Produce(first: 7, count: 2));
        Assert.True(await first);
        Assert.Equal(7ul, reading.Current.Sequence);
        Assert.True(await reading.MoveNextAsync());
        Assert.Equal(8ul, reading.Current.Sequence);
    }

    [Fact]
    public async Task DisposedEnumerator_IsAtItsEnd()
    {
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        Assert.Equal(3, programs.Produce(first: 0, count: 3));
        BpfEventStream<Event>.AsyncEnumerator read = events.ReadAllAsync(Token).GetAsyncEnumerator(Token);
        Assert.True(await read.MoveNextAsync());
        BpfEventStream<Event>.AsyncEnumerator unread = events.ReadAllAsync(Token).GetAsyncEnumerator(Token);

        await read.DisposeAsync();
        await read.DisposeAsync();
        await unread.DisposeAsync();

        Assert.False(await read.MoveNextAsync());
        Assert.False(await unread.MoveNextAsync());
        // The stream is free again.
        Assert.Equal(2, events.Read((in Event _) => { }));
    }

    [Fact]
    public async Task ManyThreadsInOneEnumerator_AreRefusedOrServed()
    {
        const int Steps = 2_000;
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        using CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        BpfEventStream<Event>.AsyncEnumerator reading = events.ReadAllAsync(cancellation.Token).GetAsyncEnumerator(Token);
        int taken = 0;

        Task[] readers =
        [
            .. Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(
                        async () =>
                        {
                            while (Volatile.Read(ref taken) < Steps)
                            {
                                try
                                {
                                    if (await reading.MoveNextAsync())
                                        Interlocked.Increment(ref taken);
                                }
                                catch (InvalidOperationException problem)
                                    when (problem.Message.Contains("has not completed", StringComparison.Ordinal))
                                {
                                    await Task.Yield();
                                }
                                catch (OperationCanceledException) when (Volatile.Read(ref taken) >= Steps)
                                {
                                    return;
                                }
                            }
                        },
                        Token
                    )
                ),
        ];
        while (Volatile.Read(ref taken) < Steps)
        {
            programs.Produce(first: 0, count: 10);
            Token.ThrowIfCancellationRequested();
        }

        await cancellation.CancelAsync();
        await Task.WhenAll(readers);
        await reading.DisposeAsync();

        Assert.False(await reading.MoveNextAsync());
        events.Read((in Event _) => { });
        Assert.Equal(0, events.AvailableBytes);
    }
}
