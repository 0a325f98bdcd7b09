namespace BpfMaps.Tests;

/// <summary>
/// A model of a trie of prefixes. Lookups find the longest match; walks visit longer prefixes before the prefixes that contain them, and 0
/// before 1.
/// </summary>
internal sealed class TrieModel(uint capacity, TrieCodec codec) : MapModel
{
    // Keyed by the bits of the prefix. The key is stored as it was last written, including the bits after the prefix, which are ignored.
    private readonly SortedDictionary<string, (int Key, int Value)> _elements = new(Comparer<string>.Create(Compare));

    /// <summary>Tries are cleared key by key because they have no deleting batch command: an empty trie is not written to.</summary>
    protected override string? BeforeTheCall(Step step) => step.Call == MapCall.Clear && _elements.Count == 0 ? Answer.Ok : null;

    protected override string Permitted(Step step, string answer)
    {
        switch (step.Call)
        {
            case MapCall.Update:
                return Put(step.Key, step.Value, step.Flags);
            case MapCall.Lookup:
                return Match(step.Key);
            case MapCall.Delete:
                return TrieCodec.IsTooLong(step.Key) ? Invalid : Found(Remove(step.Key));
            case MapCall.LookupAndDelete or MapCall.DrainChunk:
                return NotSupported;
            case MapCall.NextKey:
                return NextKeyAnswer(First, Next(step.Key));
            case MapCall.Walk:
                return string.Join(' ', _elements.Values.Select(element => element.Key));
            case MapCall.UpdateBatch:
                return UpdateBatch(step, (key, value) => Put(key, value, flags: 0));
            case MapCall.DeleteBatch:
                return DeleteBatch(step.Keys);
            case MapCall.RemoveRange:
                int removed = step.Keys.TakeWhile(key => !TrieCodec.IsTooLong(key)).Count(Remove);
                return step.Keys.Any(TrieCodec.IsTooLong) ? Invalid : $"{removed}";
            case MapCall.ReadAll:
                return string.Join(' ', _elements.Values.Select(element => $"{element.Key}={element.Value}"));
            case MapCall.Drain:
                return NotSupported;
            case MapCall.Count:
                return $"{_elements.Count}";
            case MapCall.Clear:
                _elements.Clear();
                return Answer.Ok;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Call, null);
        }
    }

    private string First => _elements.Count == 0 ? Answer.Miss : $"{_elements.First().Value.Key}";

    /// <summary>Longer prefixes come before the prefixes that contain them; otherwise the first different bit decides.</summary>
    private static int Compare(string left, string right) =>
        left.StartsWith(right, StringComparison.Ordinal) || right.StartsWith(left, StringComparison.Ordinal)
            ? right.Length.CompareTo(left.Length)
            : string.CompareOrdinal(left, right);

    private string Put(int key, int value, ulong flags)
    {
        if (flags > (ulong)BpfUpdateFlags.Exist || TrieCodec.IsTooLong(key))
            return Invalid;

        string prefix = codec.Prefix(key);
        bool isThere = _elements.ContainsKey(prefix);
        if (isThere && flags == (ulong)BpfUpdateFlags.NoExist)
            return nameof(BpfUpdateResult.AlreadyExists);
        if (!isThere && flags == (ulong)BpfUpdateFlags.Exist)
            return nameof(BpfUpdateResult.NotFound);
        if (!isThere && _elements.Count == capacity)
            return nameof(BpfUpdateResult.Full);
        _elements[prefix] = (key, value);
        return nameof(BpfUpdateResult.Ok);
    }

    private bool Remove(int key) => !TrieCodec.IsTooLong(key) && _elements.Remove(codec.Prefix(key));

    private string Match(int key)
    {
        string prefix = codec.Prefix(key);
        string? longest = TrieCodec.IsTooLong(key)
            ? null
            : _elements.Keys.Where(each => prefix.StartsWith(each, StringComparison.Ordinal)).MaxBy(each => each.Length);
        return longest is null ? Answer.Miss : $"{_elements[longest].Value}";
    }

    private string Next(int key)
    {
        string prefix = codec.Prefix(key);
        if (TrieCodec.IsTooLong(key) || !_elements.ContainsKey(prefix))
            return First;
        (int Key, int Value)[] after =
        [
            .. _elements.SkipWhile(element => element.Key != prefix).Skip(1).Take(1).Select(element => element.Value),
        ];
        return after.Length == 0 ? Answer.Miss : $"{after[0].Key}";
    }

    private string DeleteBatch(int[] keys)
    {
        for (int index = 0; index < keys.Length; index++)
        {
            if (TrieCodec.IsTooLong(keys[index]))
                return Invalid;
            if (!Remove(keys[index]))
                return $"{Answer.Miss} {index}";
        }

        return $"{Answer.Ok} {keys.Length}";
    }
}
