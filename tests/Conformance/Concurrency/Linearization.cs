namespace BpfMaps.Tests;

/// <summary>Finds an order in which operations that overlapped could have happened one at a time, with the answers that they had.</summary>
/// <remarks>
/// An operation stays before every other that began after its end: the order of real time counts, and so do all answers, which is why
/// this is not left to CsCheck's SampleParallel. That compares the states at the end alone. Elements are independent of one another, so the
/// operations of each key are ordered by themselves, and a map is no more than a value, or none, for them.
/// </remarks>
internal sealed class Linearization
{
    /// <summary>The value of a key that is not there.</summary>
    public const int Missing = -1;

    private readonly ObservedCall[] _events;
    private readonly HashSet<(int Done, int Value)> _deadEnds = [];

    private Linearization(ObservedCall[] events) => _events = events;

    /// <summary>Whether there is such an order.</summary>
    /// <param name="events">What was done with one key; at most 31 operations.</param>
    /// <param name="initial">Its value at first, or <see cref="Missing"/>.</param>
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

    /// <summary>What an operation comes to that happens alone, and the value after it.</summary>
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
