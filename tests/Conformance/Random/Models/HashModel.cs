namespace BpfMaps.Tests;

/// <summary>A model of a hash: a dictionary with a capacity and without an order.</summary>
internal sealed class HashModel(uint capacity) : MapModel
{
    private readonly Dictionary<int, int> _elements = [];

    protected override string Permitted(Step step, string answer)
    {
        switch (step.Call)
        {
            case MapCall.Update:
                return Put(step.Key, step.Value, step.Flags);
            case MapCall.Lookup:
                return _elements.TryGetValue(step.Key, out int found) ? $"{found}" : Answer.Miss;
            case MapCall.LookupAndDelete:
                return _elements.Remove(step.Key, out int taken) ? $"{taken}" : Answer.Miss;
            case MapCall.Delete:
                return Found(_elements.Remove(step.Key));
            case MapCall.NextKey:
                return NextKeyInAnyOrder(answer, step.Key, _elements.Keys);
            case MapCall.Walk:
                return InAnyOrder(answer, _elements.Keys.Select(key => $"{key}"));
            case MapCall.UpdateBatch:
                return UpdateBatch(step, (key, value) => Put(key, value, flags: 0));
            case MapCall.DeleteBatch:
                int removed = step.Keys.TakeWhile(key => _elements.Remove(key)).Count();
                return $"{Found(removed == step.Keys.Length)} {removed}";
            case MapCall.RemoveRange:
                return $"{step.Keys.Count(key => _elements.Remove(key))}";
            case MapCall.ReadAll:
                return InAnyOrder(answer, Listed);
            case MapCall.Drain:
                string drained = InAnyOrder(answer, Listed);
                _elements.Clear();
                return drained;
            case MapCall.DrainChunk:
                return DrainChunk(answer);
            case MapCall.Count:
                return $"{_elements.Count}";
            case MapCall.Clear:
                _elements.Clear();
                return Answer.Ok;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Call, null);
        }
    }

    private IEnumerable<string> Listed => _elements.Select(element => $"{element.Key}={element.Value}");

    private string Put(int key, int value, ulong flags)
    {
        if (flags > (ulong)BpfUpdateFlags.Exist)
            return Invalid;

        bool isThere = _elements.ContainsKey(key);
        if (isThere && flags == (ulong)BpfUpdateFlags.NoExist)
            return nameof(BpfUpdateResult.AlreadyExists);
        if (!isThere && flags == (ulong)BpfUpdateFlags.Exist)
            return nameof(BpfUpdateResult.NotFound);
        if (!isThere && _elements.Count == capacity)
            return nameof(BpfUpdateResult.Full);
        _elements[key] = value;
        return nameof(BpfUpdateResult.Ok);
    }

    /// <summary>Reads whole buckets: at least one element if the map is not empty. The kernel selects the elements.</summary>
    private string DrainChunk(string answer)
    {
        string[] drained = Items(answer);
        HashSet<string> listed = [.. Listed];
        if (!drained.All(listed.Remove) || (drained.Length == 0 && listed.Count != 0))
            return $"one or more of {string.Join(' ', Listed)}";
        foreach (string element in drained)
            _elements.Remove(KeyOf(element));
        return answer;
    }
}
