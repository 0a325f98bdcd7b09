namespace BpfMaps.Tests;

/// <summary>A typed queue or stack.</summary>
internal abstract class LineSubject(BpfMap map) : Subject
{
    public override void Dispose() => map.Dispose();

    protected override string Try(Step step)
    {
        switch (step.Call)
        {
            case MapCall.Update when step.Flags == (ulong)BpfUpdateFlags.Exist:
                AddDroppingOldest(Numbered.FlowStats.Of(step.Value));
                return nameof(BpfUpdateResult.Ok);
            case MapCall.Update:
                return TryAdd(Numbered.FlowStats.Of(step.Value)) ? nameof(BpfUpdateResult.Ok) : nameof(BpfUpdateResult.Full);
            case MapCall.Lookup:
                return TryPeek(out FlowStats next) ? $"{Numbered.FlowStats.NumberOf(next)}" : Answer.Miss;
            case MapCall.LookupAndDelete:
                return TryTake(out FlowStats taken) ? $"{Numbered.FlowStats.NumberOf(taken)}" : Answer.Miss;
            case MapCall.Freeze:
                map.Freeze();
                return Answer.Ok;
            default:
                throw Unknown(step);
        }
    }

    protected abstract bool TryAdd(in FlowStats value);

    protected abstract void AddDroppingOldest(in FlowStats value);

    protected abstract bool TryTake(out FlowStats value);

    protected abstract bool TryPeek(out FlowStats value);
}

/// <summary>A typed queue.</summary>
internal sealed class QueueSubject(RandomQueueMap map) : LineSubject(map)
{
    protected override bool TryAdd(in FlowStats value) => map.TryEnqueue(in value);

    protected override void AddDroppingOldest(in FlowStats value) => map.EnqueueDroppingOldest(in value);

    protected override bool TryTake(out FlowStats value) => map.TryDequeue(out value);

    protected override bool TryPeek(out FlowStats value) => map.TryPeek(out value);
}

/// <summary>A typed stack.</summary>
internal sealed class StackSubject(RandomStackMap map) : LineSubject(map)
{
    protected override bool TryAdd(in FlowStats value) => map.TryPush(in value);

    protected override void AddDroppingOldest(in FlowStats value) => map.PushDroppingOldest(in value);

    protected override bool TryTake(out FlowStats value) => map.TryPop(out value);

    protected override bool TryPeek(out FlowStats value) => map.TryPeek(out value);
}

/// <summary>A typed bloom filter.</summary>
internal sealed class BloomSubject(RandomBloomFilter map) : Subject
{
    public override void Dispose() => map.Dispose();

    protected override string Try(Step step)
    {
        switch (step.Call)
        {
            case MapCall.Update:
                map.Add(Numbered.FlowKey.Of(step.Value));
                return nameof(BpfUpdateResult.Ok);
            case MapCall.Lookup:
                return map.MayContain(Numbered.FlowKey.Of(step.Value)) ? $"{step.Value}" : Answer.Miss;
            case MapCall.Freeze:
                map.Freeze();
                return Answer.Ok;
            default:
                throw Unknown(step);
        }
    }
}
