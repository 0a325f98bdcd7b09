namespace BpfMaps.Queries.Questions;

/// <summary>The relations that comparisons test.</summary>
internal enum Relation
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
