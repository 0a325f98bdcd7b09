using CsCheck;

namespace BpfMaps.Tests;

/// <summary>Random sequences of writing and reading give what they give on a plain model of a ring, step by step.</summary>
public sealed class RandomRingTests
{
    private const int RingSize = 4096, HeaderSize = 8;

    private static readonly Gen<Step[]> s_steps = Gen.Select(Gen.Enum<Operation>(), Gen.Int[0, 60], (operation, number) => new Step(operation, number)).Array[1, 30];

    private enum Operation
    {
        Produce,
        ProduceDiscarding,
        ProduceBytes,
        Consume,
        TryRead,
    }

    [Fact]
    public void ARing_AnswersLikeAQueueOfLimitedSize()
    {
        // One ring for all: each sequence begins with an empty ring, and somewhere else in it.
        using StreamPrograms programs = new();
        using EventMap events = programs.OpenEvents();
        s_steps.Sample(
            steps =>
            {
                events.Consume(static _ => { });
                Model model = new();
                foreach (Step step in steps)
                {
                    Assert.Equal(OnModel(model, step), OnRing(programs, events, step));
                    Assert.Equal(model.Available, events.AvailableBytes);
                }
            },
            iter: 10_000,
            threads: 1);
    }

    private static string OnRing(StreamPrograms programs, EventMap events, Step step)
    {
        switch (step.Operation)
        {
            case Operation.Produce:
                return programs.Produce((ulong)step.Number, step.Number).ToString();
            case Operation.ProduceDiscarding:
                return programs.ProduceDiscarding((ulong)step.Number, step.Number).ToString();
            case Operation.ProduceBytes:
                return programs.ProduceBytes((byte)step.Number, step.Length).ToString();
            case Operation.Consume:
                List<string> records = [];
                int consumed = events.Consume(record => records.Add(Convert.ToHexString(record)), limit: 1 + step.Number);
                Assert.Equal(records.Count, consumed);
                return string.Join(' ', records);
            default:
                return events.Consume(static _ => { }, limit: 1).ToString();
        }
    }

    private static string OnModel(Model model, Step step)
    {
        switch (step.Operation)
        {
            case Operation.Produce:
                return Enumerable.Range(0, step.Number).TakeWhile(i => model.Write(EventOf(step.Number + i))).Count().ToString();
            case Operation.ProduceDiscarding:
                return Enumerable.Range(0, step.Number).TakeWhile(i => model.Write(EventOf(step.Number + i), isDiscarded: i % 2 != 0)).Count(i => i % 2 == 0).ToString();
            case Operation.ProduceBytes:
                return model.Write(Convert.ToHexString([.. Enumerable.Range(step.Number, step.Length).Select(i => (byte)i)])).ToString();
            case Operation.Consume:
                return string.Join(' ', model.Read(1 + step.Number));
            default:
                return model.Read(1).Count.ToString();
        }
    }

    private static string EventOf(int sequence) =>
        Convert.ToHexString([.. BitConverter.GetBytes((ulong)sequence), .. BitConverter.GetBytes(3 * (ulong)sequence)]);

    private readonly record struct Step(Operation Operation, int Number)
    {
        /// <summary>Bytes of a record of any size.</summary>
        public int Length => Number * Number % 1000;
    }

    /// <summary>The records, discarded ones included, that are written and not read.</summary>
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

        private static int Stride(string record) => ((record.Length / 2) + HeaderSize + 7) / 8 * 8;
    }
}
