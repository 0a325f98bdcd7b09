namespace BpfMaps.Tests;

/// <summary>A model of an array of slots, each of which holds a map or nothing.</summary>
internal sealed class ArrayOfMapsModel(uint length) : MapModel
{
    private readonly int?[] _slots = new int?[length];

    protected override string Permitted(Step step, string answer)
    {
        switch (step.Call)
        {
            case MapCall.Update:
                return Put(step.Key, step.Value, step.Flags);
            case MapCall.Lookup:
                return step.Key < length && _slots[step.Key] is { } which ? $"{which}" : Answer.Miss;
            case MapCall.Delete:
                return Delete(step.Key);
            case MapCall.LookupAndDelete or MapCall.DeleteBatch or MapCall.Drain or MapCall.DrainChunk:
                return NotSupported;
            case MapCall.NextKey:
                return NextKeyAnswer(
                    "0",
                    step.Key >= length ? "0"
                        : step.Key == length - 1 ? Answer.Miss
                        : $"{step.Key + 1}"
                );
            case MapCall.Walk:
                return string.Join(' ', Enumerable.Range(0, (int)length));
            case MapCall.UpdateBatch:
                return UpdateBatch(step, (key, value) => Put(key, value, flags: 0));
            case MapCall.ReadAll:
                return string.Join(
                    ' ',
                    Enumerable.Range(0, (int)length).Where(index => _slots[index] is not null).Select(index => $"{index}={_slots[index]}")
                );
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Call, null);
        }
    }

    private string Put(int index, int value, ulong flags)
    {
        if (flags != 0)
            return Invalid;
        if (index >= length)
            return nameof(BpfUpdateResult.Full);
        if (InnerMaps.Refusal(value) is { } refusal)
            return refusal;
        _slots[index] = InnerMaps.Which(value);
        return nameof(BpfUpdateResult.Ok);
    }

    private string Delete(int index)
    {
        if (index >= length)
            return "E2BIG";
        bool held = _slots[index] is not null;
        _slots[index] = null;
        return Found(held);
    }
}
