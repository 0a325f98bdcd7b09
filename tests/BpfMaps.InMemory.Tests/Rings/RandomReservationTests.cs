using CsCheck;

namespace BpfMaps.Tests;

/// <summary>
/// Compares random sequences of reserving, submitting, discarding and reading with a simple model of a ring, step by step.
/// </summary>
public sealed class RandomReservationTests
{
    private const string Ring = "events";
    private const int RingSize = 4096,
        HeaderSize = 8;

    private static readonly Gen<Step[]> s_steps = Gen.Select(
        Gen.Enum<Operation>(),
        Gen.Int[0, 1200],
        Gen.Int[0, 5],
        (operation, size, which) => new Step(operation, size, which)
    ).Array[1, 40];

    private enum Operation
    {
        Reserve,
        Output,
        Submit,
        Discard,
        Consume,
    }

    private enum State
    {
        Open,
        Submitted,
        Discarded,
    }

    [Fact]
    public void Ring_BehavesLikeAQueueWithOpenRecords() =>
        s_steps.Sample(
            steps =>
            {
                InMemoryBpfHost host = new();
                using EventRing events = EventRing.Create(RingSize, host);
                Run(steps, events, host.AsProgram());
            },
            iter: 10_000
        );

    private static void Run(Step[] steps, EventRing events, InMemoryProgram program)
    {
        Queue<Record> model = new();
        List<Record> open = [];
        byte filling = 0;
        foreach (Step step in steps)
        {
            switch (step.Operation)
            {
                case Operation.Reserve:
                    Record reserved = new(step.Size, ++filling);
                    Assert.Equal(Fits(model, reserved), program.TryReserve(Ring, step.Size, out reserved.Reservation));
                    if (reserved.Reservation is null)
                        break;
                    reserved.Reservation.Data.Fill(filling);
                    model.Enqueue(reserved);
                    open.Add(reserved);
                    break;
                case Operation.Output:
                    Record written = new(step.Size, ++filling) { State = State.Submitted };
                    Assert.Equal(Fits(model, written), program.Output(Ring, [.. Enumerable.Repeat(filling, step.Size)]));
                    if (Fits(model, written))
                        model.Enqueue(written);
                    break;
                case Operation.Submit or Operation.Discard when open.Count != 0:
                    End(open, step);
                    break;
                case Operation.Consume:
                    List<string> read = [];
                    events.Read(record =>
                        read.Add(
                            $"{record.Length} x {(record.Length == 0 ? 0 : record[0])}{(record.ContainsAnyExcept(record.IsEmpty ? (byte)0 : record[0]) ? ", and others" : "")}"
                        )
                    );
                    Assert.Equal(Read(model), read);
                    break;
            }

            Assert.Equal(model.Sum(record => record.Stride), program.QueryRing(Ring).AvailableBytes);
        }
    }

    private static bool Fits(Queue<Record> model, Record record) => model.Sum(other => other.Stride) + record.Stride < RingSize;

    private static void End(List<Record> open, Step step)
    {
        Record record = open[step.Which % open.Count];
        open.Remove(record);
        if (step.Operation == Operation.Submit)
            record.Reservation!.Submit();
        else
            record.Reservation!.Discard();
        record.State = step.Operation == Operation.Submit ? State.Submitted : State.Discarded;
    }

    private static List<string> Read(Queue<Record> model)
    {
        List<string> read = [];
        while (model.TryPeek(out Record? next) && next.State != State.Open)
        {
            model.Dequeue();
            if (next.State == State.Submitted)
                read.Add($"{next.Size} x {(next.Size == 0 ? 0 : next.Filling)}");
        }

        return read;
    }

    private readonly record struct Step(Operation Operation, int Size, int Which);

    private sealed class Record(int size, byte filling)
    {
        public InMemoryReservation? Reservation;

        public int Size => size;

        public byte Filling => filling;

        public int Stride => (size + HeaderSize + 7) / 8 * 8;

        public State State { get; set; }
    }
}
