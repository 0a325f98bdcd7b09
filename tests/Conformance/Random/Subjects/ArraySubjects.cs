namespace BpfMaps.Tests;

/// <summary>
/// A typed array. An index outside the array is an argument exception, but an error on a raw map; both mean that the element does not
/// exist.
/// </summary>
internal sealed class ArraySubject(RandomArrayMap map) : Subject
{
    public override void Dispose() => map.Dispose();

    protected override string Try(Step step)
    {
        switch (step.Call)
        {
            case MapCall.Update:
                return Inside(() => map.Set(step.Key, Numbered.FlowStats.Of(step.Value), (BpfUpdateFlags)step.Flags))
                    ? nameof(BpfUpdateResult.Ok)
                    : nameof(BpfUpdateResult.Full);
            case MapCall.SetRange:
                FlowStats[] values = [.. step.Keys.Select((_, index) => Numbered.FlowStats.Of(step.ValueOf(index)))];
                return Inside(() => map.SetRange(step.Key, values)) ? nameof(BpfUpdateResult.Ok) : nameof(BpfUpdateResult.Full);
            case MapCall.Lookup:
                FlowStats found = default;
                return Inside(() => found = map[step.Key]) ? $"{Numbered.FlowStats.NumberOf(found)}" : Answer.Miss;
            case MapCall.ReadAll:
                FlowStats[] all = map.ToArray();
                Assert.Equal(all, map);
                return List(all.Select((value, index) => $"{index}={Numbered.FlowStats.NumberOf(value)}"));
            case MapCall.Freeze:
                map.Freeze();
                return Answer.Ok;
            default:
                throw Unknown(step);
        }
    }
}

/// <summary>A typed per-CPU array.</summary>
internal sealed class PerCpuArraySubject(RandomPerCpuArrayMap map) : Subject
{
    private readonly PerCpuNumbers _numbers = new(map.CpuCount);

    public override void Dispose() => map.Dispose();

    protected override string Try(Step step)
    {
        switch (step.Call)
        {
            case MapCall.Update:
                uint[] written = [.. _numbers.Of(step.Value).Select(value => (uint)value)];
                return Inside(() => map.Set(step.Key, written)) ? nameof(BpfUpdateResult.Ok) : nameof(BpfUpdateResult.Full);
            case MapCall.Lookup:
                uint[] read = new uint[map.CpuCount];
                return Inside(() => map.GetValues(step.Key, read)) ? Text(step.Key, read) : Answer.Miss;
            case MapCall.ReadAll:
                return ReadAll();
            case MapCall.Freeze:
                map.Freeze();
                return Answer.Ok;
            default:
                throw Unknown(step);
        }
    }

    private string ReadAll()
    {
        List<string> elements = [];
        foreach ((int index, BpfPerCpuView<uint> values) in map.PerCpu())
            elements.Add($"{index}={Text(index, values.ToArray())}");
        return List(elements);
    }

    private string Text(int index, uint[] values)
    {
        Assert.Equal((uint)values.Sum(value => value), map.Aggregate(index));
        return $"{_numbers.NumberOf([.. values.Select(value => (ulong)value)])}";
    }
}
