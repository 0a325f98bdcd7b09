namespace BpfMaps.Tests;

/// <summary>A model of a queue, which returns the oldest element first, or a stack, which returns the newest first.</summary>
internal sealed class LineModel(uint capacity, bool isStack) : MapModel
{
    private readonly LinkedList<int> _elements = []; // Oldest first.

    private LinkedListNode<int>? Next => isStack ? _elements.Last : _elements.First;

    protected override string Permitted(Step step, string answer)
    {
        switch (step.Call)
        {
            case MapCall.Update:
                return Push(step.Value, step.Flags);
            case MapCall.Lookup:
                return Next is { } next ? $"{next.Value}" : Answer.Miss;
            case MapCall.LookupAndDelete:
                return Pop();
            case MapCall.Delete or MapCall.NextKey or MapCall.Walk:
                return Invalid;
            case MapCall.ReadAll or MapCall.Drain or MapCall.DrainChunk:
                return NotSupported;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Call, null);
        }
    }

    private string Push(int value, ulong flags)
    {
        bool mayDropTheOldest = flags == (ulong)BpfUpdateFlags.Exist;
        if (flags != 0 && !mayDropTheOldest)
            return Invalid;
        if (_elements.Count == capacity)
        {
            if (!mayDropTheOldest)
                return nameof(BpfUpdateResult.Full);
            _elements.RemoveFirst();
        }

        _elements.AddLast(value);
        return nameof(BpfUpdateResult.Ok);
    }

    private string Pop()
    {
        if (Next is not { } next)
            return Answer.Miss;
        _elements.Remove(next);
        return $"{next.Value}";
    }
}
