using System.Linq.Expressions;
using System.Runtime.InteropServices;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Translation;

// Expressions that are true or false.
internal sealed partial class Translator
{
    /// <summary>Translates an expression that is true or false.</summary>
    public Predicate TranslateCondition(Expression expression)
    {
        if (!Uses(expression))
            return expression is ConstantExpression { Value: bool constant }
                ? new Always(constant)
                : IsTrue(Captured(expression, NumberType.Byte));
        return expression switch
        {
            UnaryExpression { NodeType: ExpressionType.Not, Method: null } not => new Not(TranslateCondition(not.Operand)),
            BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And, Method: null } both when both.Type == typeof(bool) =>
                new Both(TranslateCondition(both.Left), TranslateCondition(both.Right)),
            BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or, Method: null } either
                when either.Type == typeof(bool) => new Either(TranslateCondition(either.Left), TranslateCondition(either.Right)),
            BinaryExpression binary => Compare(binary),
            MemberExpression { Expression: { } text, Member.Name: nameof(BpfText<>.IsEmpty) } when IsText(text.Type) => Match(
                text,
                "",
                false
            ),
            MethodCallExpression call => Call(call),
            _ => throw Untranslatable.Because(expression, QueryRules.Operation),
        };
    }

    private static Comparison IsTrue(Number number) => new(Relation.NotEqual, number, new ConstantNumber(0, number.Type));

    private Predicate Compare(BinaryExpression binary)
    {
        if (IsText(binary.Left.Type))
            return CompareTexts(binary);
        if (binary.Left.Type == typeof(bool) && binary.Method is null)
            return CompareConditions(binary);
        if (binary.Method is not null && !IsNetworkOrder(binary.Method.DeclaringType))
            throw Untranslatable.Because(binary, QueryRules.OperatorIsMethod(binary.Method.DeclaringType?.Name));
        Relation relation = binary.NodeType switch
        {
            ExpressionType.Equal => Relation.Equal,
            ExpressionType.NotEqual => Relation.NotEqual,
            ExpressionType.LessThan => Relation.Less,
            ExpressionType.LessThanOrEqual => Relation.LessOrEqual,
            ExpressionType.GreaterThan => Relation.Greater,
            ExpressionType.GreaterThanOrEqual => Relation.GreaterOrEqual,
            _ => throw Untranslatable.Because(binary, QueryRules.Operation),
        };
        return new Comparison(relation, TranslateNumber(binary.Left), TranslateNumber(binary.Right));
    }

    private Predicate CompareConditions(BinaryExpression binary)
    {
        bool isSame = binary.NodeType == ExpressionType.Equal;
        if (!isSame && binary.NodeType is not (ExpressionType.NotEqual or ExpressionType.ExclusiveOr))
            throw Untranslatable.Because(binary, QueryRules.Operation);
        Predicate left = TranslateCondition(binary.Left);
        Predicate right = TranslateCondition(binary.Right);
        Predicate same = new Either(new Both(left, right), new Both(new Not(left), new Not(right)));
        return isSame ? same : new Not(same);
    }

    private Predicate CompareTexts(BinaryExpression binary)
    {
        (Expression field, Expression text) = Uses(binary.Left) ? (binary.Left, binary.Right) : (binary.Right, binary.Left);
        TextMatch match = Match(field, text, isPrefix: false);
        return binary.NodeType switch
        {
            ExpressionType.Equal => match,
            ExpressionType.NotEqual => new Not(match),
            _ => throw Untranslatable.Because(binary, QueryRules.Operation),
        };
    }

    private Predicate Call(MethodCallExpression call) =>
        call switch
        {
            { Object: { } text, Method.Name: nameof(Equals), Arguments: [var other] }
                when IsText(text.Type) && IsTextOrString(other.Type) => Match(text, other, isPrefix: false),
            { Object: { } text, Method.Name: nameof(BpfText<>.StartsWith), Arguments: [var prefix] }
                when IsText(text.Type) && IsTextOrString(prefix.Type) => Match(text, prefix, isPrefix: true),
            { Object: { } left, Method.Name: nameof(Equals), Arguments: [var right] }
                when left.Type == right.Type && TryTypeOf(left.Type, out _) => new Comparison(
                Relation.Equal,
                TranslateNumber(left),
                TranslateNumber(right)
            ),
            { Object: { } flags, Method.Name: nameof(Enum.HasFlag), Arguments: [var flag] }
                when call.Method.DeclaringType == typeof(Enum) => HasFlag(Unboxed(flags), Unboxed(flag)),
            _ => throw Untranslatable.Because(call, QueryRules.Method),
        };

    private Comparison HasFlag(Expression flags, Expression flag)
    {
        Number left = TranslateNumber(flags);
        Number right = TranslateNumber(flag);
        return new Comparison(Relation.Equal, new BinaryNumber(Calculation.And, left, right, left.Type), right);
    }

    private static Expression Unboxed(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert, Type: var type, Operand: var operand } && type == typeof(Enum)
            ? operand
            : expression;

    private TextMatch Match(Expression field, Expression text, bool isPrefix)
    {
        if (Uses(text))
            throw Untranslatable.Because(text, QueryRules.ElementText);
        return Match(field, CapturedValue.Read(text)?.ToString(), isPrefix);
    }

    private TextMatch Match(Expression field, string? text, bool isPrefix)
    {
        Place place = PlaceOf(field);
        int count = QueryRules.ParametersOfText(place.Size);
        int first = Reserve(field, count);
        TextPattern.Write(text, place.Size, isPrefix, CollectionsMarshal.AsSpan(_parameters).Slice(first, count));
        return new TextMatch(place.Part, place.Offset, place.Size, first);
    }

    private static bool IsTextOrString(Type type) => type == typeof(string) || IsText(type);

    private static bool IsText(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(BpfText<>);
}
