namespace BpfMaps.Tool.Filters;

/// <summary>An operation on numbers. A division results in a floating-point number.</summary>
internal sealed class Arithmetic(string sign, Expression left, Expression right)
    : Expression(
        sign == "/" || left.Kind == ExpressionKind.Real || right.Kind == ExpressionKind.Real ? ExpressionKind.Real : ExpressionKind.Integer,
        $"{left.Source} {sign} {right.Source}"
    )
{
    public override Int128 Integer(EntryBytes entry)
    {
        Int128 first = left.Integer(entry);
        Int128 second = right.Integer(entry);
        return sign switch
        {
            "+" => first + second,
            "-" => first - second,
            "*" => first * second,
            "%" => second == 0 ? 0 : first % second,
            "&" => first & second,
            "|" => first | second,
            "^" => first ^ second,
            "<<" => first << (int)second,
            _ => first >> (int)second,
        };
    }

    public override double Real(EntryBytes entry)
    {
        if (Kind == ExpressionKind.Integer)
            return (double)Integer(entry);
        double first = left.Real(entry);
        double second = right.Real(entry);
        return sign switch
        {
            "+" => first + second,
            "-" => first - second,
            "*" => first * second,
            "%" => first % second,
            _ => first / second,
        };
    }
}
