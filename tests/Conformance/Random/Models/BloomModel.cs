namespace BpfMaps.Tests;

/// <summary>
/// A model of a bloom filter. It contains all added values and possible false positives, which only additions can create.
/// </summary>
internal sealed class BloomModel : MapModel
{
    private readonly HashSet<int> _known = [];
    private readonly HashSet<int> _unknown = [];

    protected override string Permitted(Step step, string answer)
    {
        switch (step.Call)
        {
            case MapCall.Update when step.Flags != 0:
                return Invalid;
            case MapCall.Update:
                _known.Add(step.Value);
                _unknown.Clear(); // Any other value may be a false positive now.
                return nameof(BpfUpdateResult.Ok);
            case MapCall.Lookup:
                return MayContain(step.Value, answer) ? $"{step.Value}" : Answer.Miss;
            case MapCall.Delete or MapCall.NextKey or MapCall.Walk:
                return "EOPNOTSUPP";
            case MapCall.LookupAndDelete or MapCall.ReadAll or MapCall.Drain or MapCall.DrainChunk:
                return NotSupported;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step.Call, null);
        }
    }

    private bool MayContain(int value, string answer)
    {
        if (!_known.Contains(value) && answer != Answer.Miss && !_unknown.Contains(value))
            _known.Add(value); // A false positive, which is permanent.
        if (!_known.Contains(value))
            _unknown.Add(value);
        return _known.Contains(value);
    }
}
