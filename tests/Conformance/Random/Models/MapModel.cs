namespace BpfMaps.Tests;

/// <summary>Base class of models of map types in plain C#.</summary>
/// <remarks>
/// If the kernel has a choice (which element an LRU map evicts, the order of the keys of a hash, the false positives of a bloom filter),
/// the model receives the map's result and returns it if it is one of the allowed results.
/// </remarks>
internal abstract class MapModel
{
    protected const string NotSupported = "ENOTSUPP";
    protected const string Invalid = "EINVAL";

    private const string Forbidden = "EPERM";
    private const ulong Lock = (ulong)BpfUpdateFlags.Lock;

    private bool _isFrozen;

    /// <summary>Computes the allowed result of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="answer">The result of the map.</param>
    public string Expect(Step step, string answer)
    {
        if (BeforeTheCall(step) is { } refusal)
            return refusal;

        bool looksUp = step.Call is MapCall.Lookup or MapCall.LookupAndDelete;
        bool mayLock = step.Call != MapCall.LookupAndDelete || OtherKernel.LookupAndDeleteHasFlags;
        bool isForbidden =
            (Reads(step.Call) && step.Door == BpfMapAccess.WriteOnly) || (Writes(step.Call) && (_isFrozen || IsReadOnly(step)));
        if (isForbidden && step.Call == MapCall.Lookup && OtherKernel.HasCpuFlags)
            return Forbidden;
        if (looksUp && (step.Flags & ~(mayLock ? Lock : 0)) != 0)
            return Invalid;
        if (step.Call == MapCall.Freeze && _isFrozen)
            return OtherKernel.FrozenTwice;
        if (isForbidden)
            return Forbidden;
        if ((looksUp || step.Call == MapCall.Update) && (step.Flags & Lock) != 0)
            return Invalid; // No value in these tests has a lock.

        if (step.Call == MapCall.Freeze)
        {
            _isFrozen = true;
            return Answer.Ok;
        }

        return Permitted(step, answer);
    }

    /// <summary>Gets the result of a step that fails without calling the host.</summary>
    protected virtual string? BeforeTheCall(Step step) => null;

    /// <summary>Computes the allowed result of a step that the access allows.</summary>
    protected abstract string Permitted(Step step, string answer);

    protected static string Found(bool found) => found ? Answer.Ok : Answer.Miss;

    /// <summary>Computes the result of a batch of updates: the result of the last update and the number of successful updates.</summary>
    protected static string UpdateBatch(Step step, Func<int, int, string> put)
    {
        if (step.Flags != 0)
            return Invalid; // Batches accept no flags, not even those of single updates.
        for (int index = 0; index < step.Keys.Length; index++)
        {
            string result = put(step.Keys[index], step.ValueOf(index));
            if (result != "Ok")
                return Enum.TryParse<BpfUpdateResult>(result, out _) ? $"{result} {index}" : result;
        }

        return $"Ok {step.Keys.Length}";
    }

    /// <summary>Returns the result itself if it lists the same items as the model in any order; otherwise the model's items.</summary>
    protected static string InAnyOrder(string answer, IEnumerable<string> listed)
    {
        string[] expected = [.. listed.Order(StringComparer.Ordinal)];
        return Items(answer).Order(StringComparer.Ordinal).SequenceEqual(expected) ? answer : $"{string.Join(' ', expected)}, in any order";
    }

    /// <summary>Splits a result into its items.</summary>
    protected static string[] Items(string answer) => answer.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Gets the key of an item, which is an element or a key.</summary>
    protected static int KeyOf(string item) => int.TryParse(item.Split('=')[0], out int key) ? key : -1;

    /// <summary>Computes the result of <see cref="MapCall.NextKey"/> for a map without an order.</summary>
    /// <remarks>
    /// Any key may be the first. The next of an existing key may be any other key or none; the next of a missing key is the first.
    /// </remarks>
    protected static string NextKeyInAnyOrder(string answer, int key, IReadOnlyCollection<int> keys)
    {
        IEnumerable<string> firsts = keys.Select(first => $"{first}").DefaultIfEmpty(Answer.Miss);
        string[] allowed = [.. firsts.SelectMany(first => Next(first).Select(next => NextKeyAnswer(first, next)))];
        return allowed.Contains(answer) ? answer : string.Join(" | ", allowed);

        IEnumerable<string> Next(string first) =>
            keys.Contains(key)
                ? keys.Where(other => other != key && $"{other}" != first).Select(other => $"{other}").Append(Answer.Miss)
                : [first];
    }

    /// <summary>Formats the result of <see cref="MapCall.NextKey"/>: the first key, and the key after another.</summary>
    protected static string NextKeyAnswer(string first, string next) => $"{first}, then {next}";

    private static bool IsReadOnly(Step step) =>
        step.Door == BpfMapAccess.ReadOnly && (step.Call != MapCall.Freeze || OtherKernel.FreezingNeedsWriteAccess);

    private static bool Reads(MapCall call) =>
        call
            is MapCall.Lookup
                or MapCall.LookupAndDelete
                or MapCall.NextKey
                or MapCall.Walk
                or MapCall.ReadAll
                or MapCall.Drain
                or MapCall.DrainChunk
                or MapCall.Count;

    private static bool Writes(MapCall call) =>
        call
            is MapCall.Update
                or MapCall.LookupAndDelete
                or MapCall.Delete
                or MapCall.UpdateBatch
                or MapCall.DeleteBatch
                or MapCall.Drain
                or MapCall.DrainChunk
                or MapCall.SetRange
                or MapCall.RemoveRange
                or MapCall.Clear
                or MapCall.Freeze;
}
