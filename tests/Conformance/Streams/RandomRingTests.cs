using System.Runtime.InteropServices;
using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Compares random sequences of writing and reading with a simple model of a ring, step by step.</summary>
[Collection(nameof(WholeProcess))]
public sealed class RandomRingTests
{
    private const int RingSize = 4096,
        HeaderSize = 8;

    private static readonly Gen<Step[]> s_steps = Gen.Select(
        Gen.Enum<Operation>(),
        Gen.Int[0, 60],
        (operation, number) => new Step(operation, number)
    ).Array[1, 30];

    private enum Operation
    {
        Produce,
        ProduceDiscarding,
        ProduceBytes,
        Consume,
        TryRead,
        ReadAllAsync,
    }

    [Fact]
    public void Ring_BehavesLikeAQueueWithACapacity()
    {
        // One ring for all sequences: each starts with an empty ring, at a different position.
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        s_steps.Sample(
            steps =>
            {
                events.Read(static _ => { });
                Model model = new();
                foreach (Step step in steps)
                {
                    Assert.Equal(OnModel(model, step), OnRing(programs, events, step).GetAwaiter().GetResult());
                    Assert.Equal(model.Available, events.AvailableBytes);
                }
            },
            iter: SequenceCount.Get(10_000),
            threads: 1
        );
    }

    private static async Task<string> OnRing(StreamPrograms programs, EventMap events, Step step)
    {
        List<string> records = [];
        events.OnMalformed = record => records.Add(Convert.ToHexString(record));
        switch (step.Operation)
        {
            case Operation.Produce:
                return programs.Produce((ulong)step.Number, step.Number).ToString();
            case Operation.ProduceDiscarding:
                return programs.ProduceDiscarding((ulong)step.Number, step.Number).ToString();
            case Operation.ProduceBytes:
                return programs.ProduceBytes((byte)step.Number, step.Length).ToString();
            case Operation.Consume:
                int consumed = events.Read(record => records.Add(Convert.ToHexString(record)), limit: 1 + step.Number);
                Assert.Equal(records.Count, consumed);
                break;
            case Operation.TryRead:
                if (events.TryRead(out Event read))
                    records.Add(AsBytes(read));
                break;
            default:
                await ReadAsync(events, records, 1 + step.Number);
                break;
        }

        return string.Join(' ', records);
    }

    /// <summary>Reads records until the limit is reached or reading would block.</summary>
    private static async Task ReadAsync(EventMap events, List<string> records, int limit)
    {
        using CancellationTokenSource cancellation = new();
        await using BpfEventStream<Event>.AsyncEnumerator reading = events
            .ReadAllAsync(cancellation.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        for (int read = 0; read < limit; read++)
        {
            ValueTask<bool> step = reading.MoveNextAsync();
            if (!step.IsCompleted)
            {
                await cancellation.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await step);
                break;
            }

            Assert.True(await step);
            records.Add(AsBytes(reading.Current));
        }
    }

    private static string AsBytes(Event record) => Convert.ToHexString(MemoryMarshal.AsBytes(new ReadOnlySpan<Event>(in record)));

    private static string OnModel(Model model, Step step)
    {
        switch (step.Operation)
        {
            case Operation.Produce:
                return Enumerable.Range(0, step.Number).TakeWhile(i => model.Write(EventOf(step.Number + i))).Count().ToString();
            case Operation.ProduceDiscarding:
                return Enumerable
                    .Range(0, step.Number)
                    .TakeWhile(i => model.Write(EventOf(step.Number + i), isDiscarded: i % 2 != 0))
                    .Count(i => i % 2 == 0)
                    .ToString();
            case Operation.ProduceBytes:
                return model.Write(Convert.ToHexString([.. Enumerable.Range(step.Number, step.Length).Select(i => (byte)i)])).ToString();
            case Operation.Consume:
                return string.Join(' ', model.Read(1 + step.Number));
            case Operation.TryRead:
                return string.Join(' ', model.ReadTyped(1));
            default:
                return string.Join(' ', model.ReadTyped(1 + step.Number));
        }
    }

    private static string EventOf(int sequence) =>
        Convert.ToHexString([.. BitConverter.GetBytes((ulong)sequence), .. BitConverter.GetBytes(3 * (ulong)sequence)]);

    private readonly record struct Step(Operation Operation, int Number)
    {
        /// <summary>Creates the bytes of a record of any size.</summary>
        public int Length => Number * Number % 1000;
    }

    /// <summary>The records, including discarded ones, that are written and not yet read.</summary>
    private sealed class Model
    {
        private readonly Queue<(string Record, bool IsDiscarded)> _records = new();

        public int Available { get; private set; }

        public bool Write(string record, bool isDiscarded = false)
        {
            // The last byte of a ring is never used.
            if (Available + Stride(record) > RingSize - 1)
                return false;
            _records.Enqueue((record, isDiscarded));
            Available += Stride(record);
            return true;
        }

        public List<string> Read(int limit)
        {
            List<string> read = [];
            while (read.Count < limit && _records.TryDequeue(out (string Record, bool IsDiscarded) next))
            {
                Available -= Stride(next.Record);
                if (!next.IsDiscarded)
                    read.Add(next.Record);
            }

            return read;
        }

        /// <summary>Reads each record as an event if it is long enough; shorter ones are returned as they are and not counted.</summary>
        public List<string> ReadTyped(int limit)
        {
            const int Length = 2 * 16;
            List<string> read = [];
            for (int counted = 0; counted < limit && Read(1) is [string next]; )
            {
                read.Add(next.Length < Length ? next : next[..Length]);
                counted += next.Length < Length ? 0 : 1;
            }

            return read;
        }

        private static int Stride(string record) => ((record.Length / 2) + HeaderSize + 7) / 8 * 8;
    }
}
