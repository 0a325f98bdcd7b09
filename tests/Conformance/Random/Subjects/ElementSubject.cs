using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Base class of typed hashes and tries.</summary>
internal abstract class ElementSubject<TKey, TValue>(BpfElementMap<TKey, TValue> map, Numbered<TKey> keys, Numbered<TValue> values)
    : Subject
    where TKey : unmanaged
    where TValue : unmanaged
{
    public override void Dispose() => map.Dispose();

    protected override string Try(Step step)
    {
        TKey key = keys.Of(step.Key);
        switch (step.Call)
        {
            case MapCall.Update:
                return Update(key, values.Of(step.Value), step);
            case MapCall.Lookup:
                return Lookup(in key, out TValue found) ? Text(found) : Answer.Miss;
            case MapCall.Delete:
                return Found(map.Remove(in key));
            case MapCall.Walk:
                return List(map.Keys.Select(keys.NumberOf));
            case MapCall.UpdateBatch:
                bool isWhole = map.TrySetRange(
                    Keys(step),
                    [.. step.Keys.Select((_, index) => values.Of(step.ValueOf(index)))],
                    out int written
                );
                return Counted(isWhole ? BpfUpdateResult.Ok : BpfUpdateResult.Full, written);
            case MapCall.RemoveRange:
                return $"{map.RemoveRange(Keys(step))}";
            case MapCall.ReadAll:
                KeyValuePair<TKey, TValue>[] elements = new KeyValuePair<TKey, TValue>[map.Info.MaxEntries];
                return List(elements.Take(map.CopyTo(elements)).Select(Text));
            case MapCall.Count:
                return $"{map.Count()}";
            case MapCall.Clear:
                map.Clear();
                return Answer.Ok;
            case MapCall.Freeze:
                map.Freeze();
                return Answer.Ok;
            default:
                throw Unknown(step);
        }
    }

    protected abstract bool Lookup(in TKey key, out TValue value);

    protected string Text(TValue value) => $"{values.NumberOf(value)}";

    protected string Text(KeyValuePair<TKey, TValue> element) => $"{keys.NumberOf(element.Key)}={values.NumberOf(element.Value)}";

    private TKey[] Keys(Step step) => [.. step.Keys.Select(keys.Of)];

    /// <summary>Half of the updates use the method with a result, half use the methods named for an operation.</summary>
    private string Update(TKey key, TValue value, Step step)
    {
        BpfUpdateFlags flags = (BpfUpdateFlags)step.Flags;
        if (step.Value % 2 == 0)
            return map.Update(in key, in value, flags).ToString();

        try
        {
            switch (flags)
            {
                case BpfUpdateFlags.NoExist:
                    return map.TryAdd(in key, in value) ? nameof(BpfUpdateResult.Ok) : nameof(BpfUpdateResult.AlreadyExists);
                case BpfUpdateFlags.Exist:
                    return map.TryUpdate(in key, in value) ? nameof(BpfUpdateResult.Ok) : nameof(BpfUpdateResult.NotFound);
                default:
                    map.Set(in key, in value);
                    return nameof(BpfUpdateResult.Ok);
            }
        }
        catch (BpfMapFullException)
        {
            return nameof(BpfUpdateResult.Full);
        }
    }
}

/// <summary>A typed hash.</summary>
internal sealed class HashSubject(RandomHashMap map) : ElementSubject<FlowKey, FlowStats>(map, Numbered.FlowKey, Numbered.FlowStats)
{
    protected override string Try(Step step)
    {
        switch (step.Call)
        {
            case MapCall.LookupAndDelete:
                return map.TryRemove(Numbered.FlowKey.Of(step.Key), out FlowStats removed) ? Text(removed) : Answer.Miss;
            case MapCall.Drain:
                return List(map.Drain().Select(Text));
            default:
                return base.Try(step);
        }
    }

    protected override bool Lookup(in FlowKey key, out FlowStats value)
    {
        bool isThere = map.TryGetValue(in key, out value);
        Assert.Equal(isThere, map.ContainsKey(in key));
        return isThere;
    }
}

/// <summary>A typed trie.</summary>
internal sealed class TrieSubject(RandomTrieMap map, TrieCodec codec)
    : ElementSubject<LpmKey<Be32>, FlowStats>(map, Prefixes(codec), Numbered.FlowStats)
{
    private static Numbered<LpmKey<Be32>> Prefixes(TrieCodec codec) =>
        new(
            number => MemoryMarshal.Read<LpmKey<Be32>>(codec.Key(number)),
            key => int.TryParse(codec.KeyText(TestMaps.Bytes(key)), out int number) ? number : -1
        );

    protected override bool Lookup(in LpmKey<Be32> key, out FlowStats value) => map.TryMatch(in key, out value);
}
