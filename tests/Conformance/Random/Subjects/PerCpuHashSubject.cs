namespace BpfMaps.Tests;

/// <summary>A typed per-CPU hash.</summary>
internal sealed class PerCpuHashSubject(RandomPerCpuHashMap map) : Subject
{
    private readonly PerCpuNumbers _numbers = new(map.CpuCount);

    public override void Dispose() => map.Dispose();

    protected override string Try(Step step)
    {
        FlowKey key = Numbered.FlowKey.Of(step.Key);
        switch (step.Call)
        {
            case MapCall.Update:
                return map.Update(in key, _numbers.Of(step.Value), (BpfUpdateFlags)step.Flags).ToString();
            case MapCall.Lookup:
                return Lookup(in key);
            case MapCall.LookupAndDelete:
                return map.TryRemove(in key, out ulong total) ? $"{_numbers.NumberOf(total)}" : Answer.Miss;
            case MapCall.Delete:
                return Found(map.Remove(in key));
            case MapCall.Walk:
                return List(map.Keys.Select(Numbered.FlowKey.NumberOf));
            case MapCall.RemoveRange:
                return $"{map.RemoveRange([.. step.Keys.Select(Numbered.FlowKey.Of)])}";
            case MapCall.ReadAll:
                return ReadAll();
            case MapCall.Drain:
                return List(map.Drain().Select(Text));
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

    private string Lookup(in FlowKey key)
    {
        ulong[] values = new ulong[map.CpuCount];
        bool isThere = map.TryGetValues(in key, values);
        Assert.Equal(isThere, map.TryAggregate(in key, out ulong total));
        Assert.Equal(values.Aggregate((sum, value) => sum + value), total);
        return isThere ? $"{_numbers.NumberOf(values)}" : Answer.Miss;
    }

    private string ReadAll()
    {
        List<string> elements = [];
        foreach ((FlowKey key, BpfPerCpuView<ulong> values) in map.PerCpu())
            elements.Add($"{Numbered.FlowKey.NumberOf(key)}={_numbers.NumberOf(values.ToArray())}");
        Assert.Equal(elements, map.Select(Text));
        return List(elements);
    }

    private string Text(KeyValuePair<FlowKey, ulong> element) =>
        $"{Numbered.FlowKey.NumberOf(element.Key)}={_numbers.NumberOf(element.Value)}";
}

/// <summary>
/// Converts a number to values of all CPUs: each CPU's value is one more than the last. A total must be divided by their count.
/// </summary>
internal sealed class PerCpuNumbers(int cpus)
{
    public ulong[] Of(int number) => [.. Enumerable.Range(0, cpus).Select(cpu => (ulong)(number + cpu))];

    /// <summary>Converts values to their number; 0 for zeros, -1 if they have none.</summary>
    public int NumberOf(ulong[] values) =>
        values.All(value => value == 0) ? 0
        : values.SequenceEqual(Of((int)values[0])) ? (int)values[0]
        : -1;

    /// <summary>Converts a total to its number; 0 for zeros, -1 if it has none.</summary>
    public int NumberOf(ulong total)
    {
        if (total == 0)
            return 0;
        (ulong number, ulong rest) = Math.DivRem(total - (ulong)(cpus * (cpus - 1) / 2), (ulong)cpus);
        return rest == 0 ? (int)number : -1;
    }
}
