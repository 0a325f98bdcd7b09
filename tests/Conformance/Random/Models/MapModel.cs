namespace BpfMaps.Tests;

/// <summary>What a map of a kind does, in plain C#.</summary>
/// <remarks>
/// Where the kernel has a choice - which element an LRU map evicts, in which order a hash lists its keys, what a bloom filter mistakes - the
/// model is told what the map answered, and takes that for its own answer if it is one of those allowed.
/// </remarks>
internal abstract class MapModel
{
    protected const string NotSupported = "ENOTSUPP";
    protected const string Invalid = "EINVAL";

    private const string Forbidden = "EPERM";
    private const ulong Lock = (ulong)BpfUpdateFlags.Lock;

    private bool _isFrozen;

    /// <summary>What a step may come to.</summary>
    /// <param name="step">The step.</param>
    /// <param name="answer">What it came to on the map.</param>
    public string Expect(Step step, string answer)
    {
        if (BeforeTheCall(step) is { } refusal)
            return refusal;

        bool looksUp = step.Call is MapCall.Lookup or MapCall.LookupAndDelete;
        if (looksUp && (step.Flags & ~Lock) != 0)
            return Invalid;
        if ((Reads(step.Call) && step.Door == BpfMapAccess.WriteOnly) || (Writes(step.Call) && (_isFrozen || step.Door == BpfMapAccess.ReadOnly)))
            return Forbidden;
        if ((looksUp || step.Call == MapCall.Update) && (step.Flags & Lock) != 0)
            return Invalid; // No value here has a lock.

        if (step.Call == MapCall.Freeze)
        {
            _isFrozen = true;
            return Answer.Ok;
        }

        return Permitted(step, answer);
    }

    /// <summary>What is said of a step that the host is not even asked about.</summary>
    protected virtual string? BeforeTheCall(Step step) => null;

    /// <summary>What a step may come to that the descriptor allows.</summary>
    protected abstract string Permitted(Step step, string answer);

    protected static string Found(bool found) => found ? Answer.Ok : Answer.Miss;

    /// <summary>The answer to a batch of updates: how the last one went, and how many went well.</summary>
    protected static string UpdateBatch(Step step, Func<int, int, string> put)
    {
        if (step.Flags != 0)
            return Invalid; // Not even those that single updates take.
        for (int index = 0; index < step.Keys.Length; index++)
        {
            string result = put(step.Keys[index], step.ValueOf(index));
            if (result != "Ok")
                return Enum.TryParse<BpfUpdateResult>(result, out _) ? $"{result} {index}" : result;
        }

        return $"Ok {step.Keys.Length}";
    }

    /// <summary>The answer itself if it lists the same as the model does, in whatever order; else what the model lists.</summary>
    protected static string InAnyOrder(string answer, IEnumerable<string> listed)
    {
        string[] expected = [.. listed.Order(StringComparer.Ordinal)];
        return Items(answer).Order(StringComparer.Ordinal).SequenceEqual(expected) ? answer : $"{string.Join(' ', expected)}, in any order";
    }

    /// <summary>What an answer lists.</summary>
    protected static string[] Items(string answer) => answer.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The key of an element that an answer lists, or of a key.</summary>
    protected static int KeyOf(string item) => int.TryParse(item.Split('=')[0], out int key) ? key : -1;

    /// <summary>The answers to <see cref="MapCall.NextKey"/> of a map without an order.</summary>
    /// <remarks>Any key may be the first, and any other one, or none, the next of a key that is there; that of one that is not there is the first.</remarks>
    protected static string NextKeyInAnyOrder(string answer, int key, IReadOnlyCollection<int> keys)
    {
        IEnumerable<string> firsts = keys.Select(first => $"{first}").DefaultIfEmpty(Answer.Miss);
        string[] allowed = [.. firsts.SelectMany(first => Next(first).Select(next => NextKeyAnswer(first, next)))];
        return allowed.Contains(answer) ? answer : string.Join(" | ", allowed);

        IEnumerable<string> Next(string first) => keys.Contains(key)
            ? keys.Where(other => other != key && $"{other}" != first).Select(other => $"{other}").Append(Answer.Miss)
            : [first];
    }

    /// <summary>The answer to <see cref="MapCall.NextKey"/>: the first key, and the one after another.</summary>
    protected static string NextKeyAnswer(string first, string next) => $"{first}, then {next}";

    private static bool Reads(MapCall call) =>
        call is MapCall.Lookup or MapCall.LookupAndDelete or MapCall.NextKey or MapCall.Walk or MapCall.ReadAll or MapCall.Drain or MapCall.DrainChunk or MapCall.Count;

    private static bool Writes(MapCall call) =>
        call is MapCall.Update or MapCall.LookupAndDelete or MapCall.Delete or MapCall.UpdateBatch or MapCall.DeleteBatch or MapCall.Drain or MapCall.DrainChunk
            or MapCall.SetRange or MapCall.RemoveRange or MapCall.Clear or MapCall.Freeze;
}
