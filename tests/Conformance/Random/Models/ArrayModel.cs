namespace BpfMaps.Tests;

/// <summary>A model of an array. All elements exist and are initially zero.</summary>
/// <param name="length">The number of elements.</param>
/// <param name="isTyped">Whether the index is checked before the write access.</param>
internal sealed class ArrayModel(uint length, bool isTyped = false) : MapModel
{
    private readonly int[] _elements = new int[length];

    protected override string? BeforeTheCall(Step step) =>
        !isTyped || IsInside(step) ? null
        : step.Call == MapCall.Lookup ? Answer.Miss
        : nameof(BpfUpdateResult.Full);

    protected override string Permitted(Step step, string answer)
    {
        switch (step.Call)
        {
            case MapCall.Update:
                return Put(step.Key, step.Value, step.Flags);
            case MapCall.Lookup:
                return step.Key < length ? $"{_elements[step.Key]}" : Answer.Miss;
            case MapCall.Delete:
                return Invalid;
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
            case MapCall.SetRange:
                SetRange(step);
                return nameof(BpfUpdateResult.Ok);
            case MapCall.ReadAll:
                return string.Join(' ', _elements.Select((value, index) => $"{index}={value}"));
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Call, null);
        }
    }

    private bool IsInside(Step step) =>
        step.Call switch
        {
            MapCall.Update or MapCall.Lookup => step.Key < length,
            MapCall.SetRange => step.Key + step.Keys.Length <= length,
            _ => true,
        };

    private void SetRange(Step step)
    {
        for (int index = 0; index < step.Keys.Length; index++)
            _elements[step.Key + index] = step.ValueOf(index);
    }

    private string Put(int index, int value, ulong flags)
    {
        if (flags > (ulong)BpfUpdateFlags.Exist)
            return Invalid;
        if (index >= length)
            return nameof(BpfUpdateResult.Full);
        if (flags == (ulong)BpfUpdateFlags.NoExist)
            return nameof(BpfUpdateResult.AlreadyExists);
        _elements[index] = value;
        return nameof(BpfUpdateResult.Ok);
    }
}
