using System.Linq.Expressions;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Translation;

// Expressions with a number.
internal sealed partial class Translator
{
    /// <summary>Translates an expression with an integer.</summary>
    public Number TranslateNumber(Expression expression)
    {
        if (!TryTypeOf(expression.Type, out NumberType type))
            throw Untranslatable.Because(expression, QueryRules.NotAnInteger(expression.Type.Name));
        if (!Uses(expression))
            return Captured(expression, type);
        return expression switch
        {
            UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } conversion => Convert(conversion, type),
            UnaryExpression { Method: null } unary => Unary(unary, type),
            BinaryExpression { Method: null } binary => Binary(binary, type),
            MemberExpression { Expression: { } container } member when IsNetworkOrder(container.Type) => NetworkOrder(member, type),
            MemberExpression or MethodCallExpression => Field(expression, type),
            _ => throw Untranslatable.Because(expression, QueryRules.Operation),
        };
    }

    private Number Captured(Expression expression, NumberType type)
    {
        ulong value = CapturedValue.ReadNumber(expression, type);
        if (IsLiteral(expression))
            return new ConstantNumber(value, type);
        int index = Reserve(expression, 1);
        _parameters[index] = value;
        return new ParameterNumber(index, type);
    }

    /// <summary>The compiler converts literals to numbers in network byte order with a call.</summary>
    private static bool IsLiteral(Expression expression) =>
        expression is ConstantExpression || (expression is UnaryExpression { Operand: var operand } && IsLiteral(operand));

    private FieldNumber Field(Expression expression, NumberType type)
    {
        Place place = PlaceOf(expression);
        return place.Size == type.Size && place.Layout.IsScalar
            ? new FieldNumber(place.Part, place.Offset, type, IsNetworkOrder(expression.Type))
            : throw Untranslatable.Because(expression, QueryRules.OtherSize(place.Size, expression.Type.Name, type.Size));
    }

    private Number NetworkOrder(MemberExpression member, NumberType type)
    {
        Number number = TranslateNumber(member.Expression!);
        return member.Member.Name switch
        {
            nameof(Be32.Value) => number,
            // A field, and not a number that is converted to network byte order.
            nameof(Be32.NetworkOrder) when number is FieldNumber field && member.Expression is not UnaryExpression => field with
            {
                IsBigEndian = false,
                Type = type,
            },
            _ => throw Untranslatable.Because(member, QueryRules.NoTranslation(member.Member.Name)),
        };
    }

    private Number Convert(UnaryExpression conversion, NumberType type)
    {
        bool isKnown = conversion.Method is null || IsNetworkOrder(conversion.Method.DeclaringType);
        if (!isKnown || !TryTypeOf(conversion.Operand.Type, out NumberType from))
            throw Untranslatable.Because(conversion, QueryRules.NotConvertible(conversion.Operand.Type.Name));
        if (conversion.NodeType == ExpressionType.ConvertChecked && !type.Holds(from))
            throw Untranslatable.Because(conversion, QueryRules.Checked);
        Number inner = TranslateNumber(conversion.Operand);
        return inner.Type == type ? inner : new ConvertedNumber(inner, type);
    }

    private BinaryNumber Unary(UnaryExpression unary, NumberType type) =>
        unary.NodeType switch
        {
            ExpressionType.Negate => new(Calculation.Subtract, new ConstantNumber(0, type), TranslateNumber(unary.Operand), type),
            ExpressionType.Not or ExpressionType.OnesComplement => new(
                Calculation.Xor,
                TranslateNumber(unary.Operand),
                new ConstantNumber(type.Normalize(ulong.MaxValue), type),
                type
            ),
            ExpressionType.NegateChecked => throw Untranslatable.Because(unary, QueryRules.Checked),
            _ => throw Untranslatable.Because(unary, QueryRules.Operation),
        };

    private BinaryNumber Binary(BinaryExpression binary, NumberType type)
    {
        Calculation calculation = binary.NodeType switch
        {
            ExpressionType.Add => Calculation.Add,
            ExpressionType.Subtract => Calculation.Subtract,
            ExpressionType.Multiply => Calculation.Multiply,
            ExpressionType.Divide => Calculation.Divide,
            ExpressionType.Modulo => Calculation.Remainder,
            ExpressionType.And => Calculation.And,
            ExpressionType.Or => Calculation.Or,
            ExpressionType.ExclusiveOr => Calculation.Xor,
            ExpressionType.LeftShift => Calculation.ShiftLeft,
            ExpressionType.RightShift => Calculation.ShiftRight,
            ExpressionType.AddChecked or ExpressionType.SubtractChecked or ExpressionType.MultiplyChecked => throw Untranslatable.Because(
                binary,
                QueryRules.Checked
            ),
            _ => throw Untranslatable.Because(binary, QueryRules.Operation),
        };
        if (calculation is Calculation.Divide or Calculation.Remainder)
            CheckDivisor(binary.Right);
        return new BinaryNumber(calculation, TranslateNumber(binary.Left), TranslateNumber(binary.Right), type);
    }

    /// <summary>An element cannot make the kernel throw, so the divisor must be known to be valid.</summary>
    private void CheckDivisor(Expression divisor)
    {
        if (Uses(divisor))
            throw Untranslatable.Because(divisor, QueryRules.VariableDivisor);
        if (!TryTypeOf(divisor.Type, out NumberType type))
            throw Untranslatable.Because(divisor, QueryRules.NotAnInteger(divisor.Type.Name));
        ulong value = CapturedValue.ReadNumber(divisor, type);
        if (value == 0)
            throw new DivideByZeroException($"The query divides by '{divisor}', which is 0.");
        if (type.IsSigned && (long)value < 0)
            throw Untranslatable.Because(divisor, QueryRules.NegativeDivisor);
    }

    private static bool TryTypeOf(Type type, out NumberType number)
    {
        bool isKnown = NumberType.TryOf(IsNetworkOrder(type) ? HostType(type) : type, out NumberType? found);
        number = found.GetValueOrDefault();
        return isKnown;
    }

    private static bool IsNetworkOrder(Type? type) => type == typeof(Be16) || type == typeof(Be32) || type == typeof(Be64);

    private static Type HostType(Type type) =>
        type == typeof(Be16) ? typeof(ushort)
        : type == typeof(Be32) ? typeof(uint)
        : typeof(ulong);
}
