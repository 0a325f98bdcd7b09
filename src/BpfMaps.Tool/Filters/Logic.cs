namespace BpfMaps.Tool.Filters;

/// <summary><c>&amp;&amp;</c>, <c>||</c>, and <c>!</c> without a right side.</summary>
internal sealed class Logic(string sign, Expression left, Expression? right)
    : Expression(ExpressionKind.Condition, right is null ? $"{sign}{left.Source}" : $"{left.Source} {sign} {right.Source}")
{
    public override bool IsTrue(EntryBytes entry) =>
        sign switch
        {
            "&&" => left.IsTrue(entry) && right!.IsTrue(entry),
            "||" => left.IsTrue(entry) || right!.IsTrue(entry),
            _ => !left.IsTrue(entry),
        };
}
