namespace BpfMaps.Tests;

/// <summary>A model of an LRU hash, which is never full: an update may evict any key except the one it writes.</summary>
/// <remarks>
/// The kernel makes room before it looks for the key. Therefore, even a failing update and an update of an existing key may evict others,
/// and the key itself before it is rewritten. Nothing else evicts. The next result about a key settles whether it was evicted.
/// </remarks>
internal sealed class LruModel(uint capacity) : MapModel
{
    private readonly Dictionary<int, int> _elements = [];
    private readonly HashSet<int> _inDoubt = [];

    protected override string Permitted(Step step, string answer)
    {
        switch (step.Call)
        {
            case MapCall.Update:
                return Put(step.Key, step.Value, step.Flags, answer);
            case MapCall.Lookup:
                return IsThere(step.Key, answer != Answer.Miss) ? $"{_elements[step.Key]}" : Answer.Miss;
            case MapCall.LookupAndDelete:
                return IsThere(step.Key, answer != Answer.Miss) && _elements.Remove(step.Key, out int taken) ? $"{taken}" : Answer.Miss;
            case MapCall.Delete:
                return Found(Remove(step.Key, answer != Answer.Miss));
            case MapCall.NextKey:
                return NextKey(step.Key, answer);
            case MapCall.Walk:
                return All(answer, key => $"{key}");
            case MapCall.UpdateBatch:
                return UpdateBatch(step, (key, value) => Put(key, value, flags: 0, nameof(BpfUpdateResult.Ok)));
            case MapCall.DeleteBatch:
                int claimed = int.Parse(Items(answer)[1], System.Globalization.CultureInfo.InvariantCulture);
                int removed = step.Keys.TakeWhile((key, index) => Remove(key, index < claimed)).Count();
                return $"{Found(removed == step.Keys.Length)} {removed}";
            case MapCall.RemoveRange:
                return Counted(answer, [.. step.Keys.Distinct().Where(_elements.ContainsKey)], remove: true);
            case MapCall.ReadAll:
                return All(answer, Element);
            case MapCall.Drain:
                string drained = All(answer, Element);
                _elements.Clear();
                return drained;
            case MapCall.DrainChunk:
                return DrainChunk(answer);
            case MapCall.Count:
                return Counted(answer, [.. _elements.Keys], remove: false);
            case MapCall.Clear:
                _elements.Clear();
                return Answer.Ok;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Call, null);
        }
    }

    private string Element(int key) => $"{key}={_elements[key]}";

    /// <summary>Returns whether a key exists; if that is unknown, the map's result decides.</summary>
    private bool IsThere(int key, bool claim)
    {
        if (_inDoubt.Remove(key) && !claim)
            _elements.Remove(key);
        return _elements.ContainsKey(key);
    }

    private bool Remove(int key, bool claim) => IsThere(key, claim) && _elements.Remove(key);

    private string Put(int key, int value, ulong flags, string answer)
    {
        if (flags > (ulong)BpfUpdateFlags.Exist)
            return Invalid;

        _inDoubt.UnionWith(_elements.Keys);
        bool claim =
            answer == nameof(BpfUpdateResult.AlreadyExists)
            || (answer == nameof(BpfUpdateResult.Ok) && flags != (ulong)BpfUpdateFlags.NoExist);
        bool isThere = IsThere(key, claim);
        if (isThere && flags == (ulong)BpfUpdateFlags.NoExist)
            return nameof(BpfUpdateResult.AlreadyExists);
        if (!isThere && flags == (ulong)BpfUpdateFlags.Exist)
            return nameof(BpfUpdateResult.NotFound);
        _elements[key] = value;
        return nameof(BpfUpdateResult.Ok);
    }

    private string NextKey(int key, string answer)
    {
        string[] keys = answer.Split(", then ");
        foreach (int each in _elements.Keys.ToArray())
        {
            bool isNamed = keys.Contains($"{each}");
            if (isNamed || keys[0] == Answer.Miss)
                IsThere(each, isNamed);
        }

        IsThere(key, claim: keys[0] != keys[^1]);
        return NextKeyInAnyOrder(answer, key, _elements.Keys);
    }

    private string All(string answer, Func<int, string> text)
    {
        HashSet<int> listed = [.. Items(answer).Select(KeyOf)];
        foreach (int key in _elements.Keys.ToArray())
            IsThere(key, listed.Contains(key));
        return _elements.Count <= capacity ? InAnyOrder(answer, _elements.Keys.Select(text)) : $"at most {capacity} elements";
    }

    /// <summary>Checks how many of some keys exist: at least those known to exist, and at most the capacity.</summary>
    private string Counted(string answer, int[] keys, bool remove)
    {
        int least = keys.Count(key => !_inDoubt.Contains(key)),
            most = (int)Math.Min(keys.Length, capacity);
        if (remove)
            Array.ForEach(keys, key => _elements.Remove(key));
        return int.TryParse(answer, out int count) && count >= least && count <= most ? answer : $"{least} to {most}";
    }

    private string DrainChunk(string answer)
    {
        if (answer.Length == 0)
            return All(answer, Element);
        string[] drained = Items(answer);
        HashSet<string> listed = [.. _elements.Keys.Select(Element)];
        if (!drained.All(listed.Remove))
            return $"one or more of {string.Join(' ', _elements.Keys.Select(Element))}";
        Array.ForEach(drained, element => Remove(KeyOf(element), claim: true));
        return answer;
    }
}
