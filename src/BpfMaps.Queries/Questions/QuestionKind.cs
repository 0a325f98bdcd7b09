namespace BpfMaps.Queries.Questions;

/// <summary>The kind of a question about the elements that fulfill a condition.</summary>
internal enum QuestionKind
{
    Count,
    Any,
    First,
    Collect,
    Remove,
    Sum,
    Min,
    Max,

    /// <summary>The elements with the largest numbers.</summary>
    Top,

    /// <summary>The values of given keys; it has no condition.</summary>
    Lookup,
}
