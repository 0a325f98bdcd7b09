using System.Diagnostics;

namespace BpfMaps.Queries.Questions;

/// <summary>A comparison of two numbers of the same type.</summary>
/// <param name="Relation">The relation.</param>
/// <param name="Left">The left number.</param>
/// <param name="Right">The right number.</param>
internal sealed record Comparison(Relation Relation, Number Left, Number Right) : Predicate
{
    /// <summary>Gets whether the numbers are compared as signed ones.</summary>
    public bool IsSigned => Left.Type.IsSigned;

    public override bool Evaluate(in Row row)
    {
        ulong left = Left.Evaluate(in row);
        ulong right = Right.Evaluate(in row);
        int order = IsSigned ? ((long)left).CompareTo((long)right) : left.CompareTo(right);
        return Relation switch
        {
            Relation.Equal => order == 0,
            Relation.NotEqual => order != 0,
            Relation.Less => order < 0,
            Relation.LessOrEqual => order <= 0,
            Relation.Greater => order > 0,
            Relation.GreaterOrEqual => order >= 0,
            _ => throw new UnreachableException(),
        };
    }
}
