namespace BpfMaps.Tests;

/// <summary>A typed queue or stack.</summary>
internal sealed class LineSubject(BpfPushPopMap<FlowStats> map) : Subject
{
    public override void Dispose() => map.Dispose();

    protected override string Try(Step step)
    {
        switch (step.Call)
        {
            case MapCall.Update when step.Flags == (ulong)BpfUpdateFlags.Exist:
                map.PushDroppingOldest(Numbered.FlowStats.Of(step.Value));
                return nameof(BpfUpdateResult.Ok);
            case MapCall.Update:
                return map.TryPush(Numbered.FlowStats.Of(step.Value)) ? nameof(BpfUpdateResult.Ok) : nameof(BpfUpdateResult.Full);
            case MapCall.Lookup:
                return map.TryPeek(out FlowStats next) ? $"{Numbered.FlowStats.NumberOf(next)}" : Answer.Miss;
            case MapCall.LookupAndDelete:
                return map.TryPop(out FlowStats popped) ? $"{Numbered.FlowStats.NumberOf(popped)}" : Answer.Miss;
            case MapCall.Freeze:
                map.Freeze();
                return Answer.Ok;
            default:
                throw Unknown(step);
        }
    }
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
