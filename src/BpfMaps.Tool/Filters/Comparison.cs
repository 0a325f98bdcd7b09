namespace BpfMaps.Tool.Filters;

/// <summary>A comparison of two results of the same kind.</summary>
internal sealed class Comparison(string sign, Expression left, Expression right)
    : Expression(ExpressionKind.Condition, $"{left.Source} {sign} {right.Source}")
{
    public override bool IsTrue(EntryBytes entry)
    {
        if (left.IsNumber && (left.Kind == ExpressionKind.Real || right.Kind == ExpressionKind.Real))
            return Holds(left.Real(entry), right.Real(entry));
        int order = Compare(left, entry, right, entry);
        return sign switch
        {
            "==" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    /// <summary>Compares the results of two expressions of one kind, for two entries.</summary>
    public static int Compare(Expression left, EntryBytes first, Expression right, EntryBytes second) =>
        left.Kind switch
        {
            ExpressionKind.Integer => left.Integer(first).CompareTo(right.Integer(second)),
            ExpressionKind.Real => left.Real(first).CompareTo(right.Real(second)),
            ExpressionKind.Text => string.CompareOrdinal(left.Text(first), right.Text(second)),
            ExpressionKind.Address => left.Address(first).SequenceCompareTo(right.Address(second)),
            _ => left.IsTrue(first).CompareTo(right.IsTrue(second)),
        };

    // Comparisons with NaN, such as that of 0 / 0, do not hold.
    private bool Holds(double first, double second) =>
        sign switch
        {
            "==" => first == second,
            "!=" => first != second,
            "<" => first < second,
            "<=" => first <= second,
            ">" => first > second,
            _ => first >= second,
        };
}
