namespace BpfMaps.Tests;

/// <summary>Finds a sequential order of overlapping operations that explains their results.</summary>
/// <remarks>
/// An operation precedes all operations that started after its end. CsCheck's SampleParallel cannot be used, because it compares only the
/// final states and not the real-time order and the results. Elements are independent of each other, so the operations of each key are
/// ordered separately, and the state is a value or none.
/// </remarks>
internal sealed class Linearization
{
    /// <summary>The value of a missing key.</summary>
    public const int Missing = -1;

    private readonly ObservedCall[] _events;
    private readonly HashSet<(int Done, int Value)> _deadEnds = [];

    private Linearization(ObservedCall[] events) => _events = events;

    /// <summary>Returns whether such an order exists.</summary>
    /// <param name="events">The operations on one key; at most 31.</param>
    /// <param name="initial">The initial value of the key, or <see cref="Missing"/>.</param>
    public static bool Exists(IEnumerable<ObservedCall> events, int initial) => new Linearization([.. events]).CanGoOn(done: 0, initial);

    private bool CanGoOn(int done, int value)
    {
        if (done == (1 << _events.Length) - 1)
            return true;
        if (!_deadEnds.Add((done, value)))
            return false;

        ObservedCall[] left = [.. _events.Where((_, index) => (done & (1 << index)) == 0)];
        long firstEnd = left.Min(each => each.End);
        for (int index = 0; index < _events.Length; index++)
        {
            ObservedCall next = _events[index];
            if ((done & (1 << index)) != 0 || next.Start > firstEnd)
                continue;
            (string answer, int after) = Apply(next.Step, value);
            if (answer == next.Answer && CanGoOn(done | (1 << index), after))
                return true;
        }

        return false;
    }

    /// <summary>Computes the result of a single operation and the value after it.</summary>
    private static (string Answer, int After) Apply(Step step, int value)
    {
        bool isThere = value != Missing;
        return step.Call switch
        {
            MapCall.Lookup => (isThere ? $"{value}" : Answer.Miss, value),
            MapCall.LookupAndDelete => (isThere ? $"{value}" : Answer.Miss, Missing),
            MapCall.Delete => (isThere ? Answer.Ok : Answer.Miss, Missing),
            MapCall.Update when isThere && step.Flags == (ulong)BpfUpdateFlags.NoExist => (nameof(BpfUpdateResult.AlreadyExists), value),
            MapCall.Update when !isThere && step.Flags == (ulong)BpfUpdateFlags.Exist => (nameof(BpfUpdateResult.NotFound), value),
            MapCall.Update => (nameof(BpfUpdateResult.Ok), step.Value),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Call, null),
        };
    }
}
