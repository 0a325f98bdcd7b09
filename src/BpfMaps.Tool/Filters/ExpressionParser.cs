using System.Globalization;
using BpfMaps.Tool.Entries;
using BpfMaps.Tool.Fields;

namespace BpfMaps.Tool.Filters;

/// <summary>
/// Parses expressions such as <c>bytes / packets &gt; 1000 &amp;&amp; port == 443</c>. Unlike in C, operations on bits bind more strongly
/// than comparisons.
/// </summary>
internal sealed class ExpressionParser
{
    // From the weakest to the strongest.
    private static readonly string[][] s_arithmetic =
    [
        ["|"],
        ["^"],
        ["&"],
        ["<<", ">>"],
        ["+", "-"],
        ["*", "/", "%"],
    ];
    private static readonly string[] s_comparisons = ["==", "!=", "<=", ">=", "<", ">"];

    private readonly EntryType _type;
    private readonly string _text;
    private readonly List<Token> _tokens;
    private int _at;

    private ExpressionParser(EntryType type, string text)
    {
        _type = type;
        _text = text;
        _tokens = Token.Split(text);
    }

    private Token Current => _tokens[_at];

    /// <summary>Parses a condition.</summary>
    /// <exception cref="ArgumentException">The text is not a condition over the fields of the map.</exception>
    public static Expression ParseCondition(EntryType type, string text)
    {
        ExpressionParser parser = new(type, text);
        Expression expression = parser.Or();
        parser.ExpectEnd();
        return parser.Condition(expression);
    }

    /// <summary>Parses what entries are sorted by.</summary>
    /// <exception cref="ArgumentException">The text is not an expression over the fields of the map.</exception>
    public static Expression ParseValue(EntryType type, string text)
    {
        ExpressionParser parser = new(type, text);
        Expression expression = parser.Operation(0);
        parser.ExpectEnd();
        return expression;
    }

    private Expression Or()
    {
        Expression left = And();
        while (Accept("||"))
            left = new Logic("||", Condition(left), Condition(And()));
        return left;
    }

    private Expression And()
    {
        Expression left = Compared();
        while (Accept("&&"))
            left = new Logic("&&", Condition(left), Condition(Compared()));
        return left;
    }

    private Expression Compared()
    {
        Expression left = Operation(0);
        if (Current is { Kind: TokenKind.Name, Text: "in" })
        {
            _at++;
            return Network(left);
        }
        if (Accept("~"))
        {
            Token pattern = _tokens[_at++];
            return left.Kind == ExpressionKind.Text && pattern.Kind == TokenKind.Quoted
                ? Matching(left, pattern.Text)
                : throw Error($"'{left.Source} ~' compares a text with a regular expression in quotation marks");
        }
        if (Current.Kind != TokenKind.Sign || !s_comparisons.Contains(Current.Text))
            return left;

        string sign = _tokens[_at++].Text;
        Expression right = Operand(left);
        bool isComparable = left.Kind == right.Kind || (left.IsNumber && right.IsNumber);
        return isComparable
            ? new Comparison(sign, left, right)
            : throw Error($"'{left.Source}' ({Name(left)}) cannot be compared with '{right.Source}' ({Name(right)})");
    }

    /// <summary>Parses the right side of a comparison, in which a name or a text can be a constant of the field on the left.</summary>
    private Expression Operand(Expression left)
    {
        if (left is not FieldExpression { Field: var field })
            return Operation(0);
        bool isConstant =
            Current.Kind == TokenKind.Quoted
            || (Current.Kind == TokenKind.Name && field.Form is FieldForm.Enumeration or FieldForm.Boolean && !IsField(Current.Text));
        if (!isConstant || field.Form == FieldForm.Text)
            return Current.Kind == TokenKind.Address ? Address(left) : Operation(0);

        Token token = _tokens[_at++];
        byte[] bytes = new byte[field.Size];
        FieldWriter.Write(field, bytes, token.Text, left.Source);
        return left.Kind switch
        {
            ExpressionKind.Integer => new Literal(Scalars.ReadInteger(field, bytes), token.Text),
            ExpressionKind.Address => new Literal(field.Form == FieldForm.Prefix ? bytes[sizeof(uint)..] : bytes, token.Text),
            _ => new Literal(token.Text),
        };
    }

    private Expression Operation(int level)
    {
        if (level == s_arithmetic.Length)
            return Factor();
        Expression left = Operation(level + 1);
        while (Current.Kind == TokenKind.Sign && s_arithmetic[level].Contains(Current.Text))
        {
            string sign = _tokens[_at++].Text;
            Expression right = Operation(level + 1);
            bool needsIntegers = sign is "|" or "^" or "&" or "<<" or ">>";
            foreach (Expression side in new[] { left, right })
            {
                if (!side.IsNumber || (needsIntegers && side.Kind != ExpressionKind.Integer))
                    throw Error($"'{sign}' needs {(needsIntegers ? "integers" : "numbers")}, but '{side.Source}' is {Name(side)}");
            }
            left = new Arithmetic(sign, left, right);
        }
        return left;
    }

    private Expression Factor()
    {
        Token token = _tokens[_at++];
        switch (token.Kind)
        {
            case TokenKind.Sign when token.Text == "(":
                Expression inner = Or();
                if (!Accept(")"))
                    throw Error("a ')' is missing");
                return inner;
            case TokenKind.Sign when token.Text == "!":
                return new Logic("!", Condition(Factor()), null);
            case TokenKind.Sign when token.Text == "-":
                return new Arithmetic("-", new Literal(0, ""), Factor());
            case TokenKind.Number:
                return FieldWriter.TryParseInteger(token.Text, out Int128 integer)
                    ? new Literal(integer, token.Text)
                    : new Literal(double.Parse(token.Text, CultureInfo.InvariantCulture));
            case TokenKind.Quoted:
                return new Literal(token.Text);
            case TokenKind.Name:
                return new FieldExpression(FieldPlace.Find(_type, token.Text));
            default:
                _at--;
                throw Error(token.Kind == TokenKind.End ? "the expression ends too early" : $"'{token.Text}' is not expected here");
        }
    }

    private Literal Address(Expression left)
    {
        Token token = _tokens[_at++];
        byte[]? bytes =
            token.Text.Contains('/', StringComparison.Ordinal) || left.Kind != ExpressionKind.Address
                ? null
                : AddressText.Parse(token.Text, AddressSize(left));
        return bytes is not null
            ? new Literal(bytes, token.Text)
            : throw Error($"'{left.Source}' ({Name(left)}) cannot be compared with '{token.Text}'; networks are compared with 'in'");
    }

    private Membership Network(Expression left)
    {
        Token token = _tokens[_at++];
        string[] parts = token.Text.Split('/');
        int size = left.Kind == ExpressionKind.Address ? AddressSize(left) : 0;
        if (
            token.Kind != TokenKind.Address
            || parts.Length != 2
            || AddressText.Parse(parts[0], size) is not { } network
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            || length > 8 * size
        )
            throw Error($"'{left.Source} in' needs an address and a network such as {(size == 16 ? "fd00::/8" : "10.0.0.0/8")}");
        return new Membership(left, network, length, $"{left.Source} in {token.Text}");
    }

    private Match Matching(Expression left, string pattern)
    {
        try
        {
            return new Match(left, pattern);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw Error($"'{pattern}' is not a regular expression: {exception.Message}");
        }
    }

    private static int AddressSize(Expression address) =>
        address is FieldExpression { Field: { } field } ? field.Size - (field.Form == FieldForm.Prefix ? sizeof(uint) : 0) : 0;

    private bool IsField(string name) => FieldPlace.TryFind(_type, name) is not null;

    private bool Accept(string sign)
    {
        bool isNext = Current.Kind == TokenKind.Sign && Current.Text == sign;
        _at += isNext ? 1 : 0;
        return isNext;
    }

    /// <summary>Takes an integer as a condition, as C does: <c>flags &amp; 4</c>.</summary>
    private Expression Condition(Expression expression) =>
        expression.Kind switch
        {
            ExpressionKind.Condition => expression,
            ExpressionKind.Integer => new Comparison("!=", expression, new Literal(0, "0")),
            _ => throw Error($"'{expression.Source}' ({Name(expression)}) is not a condition; compare it with something"),
        };

    private void ExpectEnd()
    {
        if (Current.Kind != TokenKind.End)
            throw Error($"'{Current.Text}' is not expected here");
    }

    private static string Name(Expression expression) =>
        expression.Kind switch
        {
            ExpressionKind.Integer or ExpressionKind.Real => "a number",
            ExpressionKind.Text => "a text",
            ExpressionKind.Address => "an address",
            _ => "a condition",
        };

    private ArgumentException Error(string problem) => new($"{problem} (position {Current.Position + 1} of '{_text}')");
}
