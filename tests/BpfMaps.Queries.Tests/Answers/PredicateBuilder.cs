using System.Linq.Expressions;
using static System.Linq.Expressions.Expression;

namespace BpfMaps.Tests;

/// <summary>
/// Builds predicates over flows from a sequence of choices, which can be shortened to find the smallest one that fails. After the last
/// choice, all choices are 0, which is the simplest.
/// </summary>
internal sealed class PredicateBuilder(uint[] choices)
{
    private const int MostLevels = 5;

    private static readonly Type[] s_calculated = [typeof(int), typeof(uint), typeof(long), typeof(ulong)];

    private static readonly long[] s_numbers =
    [
        0,
        1,
        -1,
        2,
        7,
        20,
        63,
        127,
        128,
        255,
        256,
        32767,
        65535,
        int.MaxValue,
        int.MinValue,
        long.MaxValue,
        long.MinValue,
    ];

    private static readonly string[] s_texts = ["", "bash", "ba", "sshd", "grüße", "0123456789abcdef", "0123456789abcdefg", "x"];

    private readonly ParameterExpression _flow = Parameter(typeof(KeyValuePair<Flow.Key, Flow>), "flow");
    private int _next;

    public Expression<Func<KeyValuePair<Flow.Key, Flow>, bool>> Build() =>
        Lambda<Func<KeyValuePair<Flow.Key, Flow>, bool>>(Condition(0), _flow);

    private Expression Condition(int level)
    {
        switch (Choose(level < MostLevels ? 9 : 3))
        {
            case 0 or 4 or 5:
                Type type = s_calculated[Choose(s_calculated.Length)];
                return MakeBinary(Relation(), Number(type, level + 1), Number(type, level + 1));
            case 1:
                return Equal(
                    Field(nameof(Flow.Name)),
                    Constant(Text()),
                    false,
                    typeof(BpfText<Bytes16>).GetMethod("op_Equality", [typeof(BpfText<Bytes16>), typeof(string)])
                );
            case 2:
                return Call(Field(nameof(Flow.Name)), nameof(BpfText<>.StartsWith), null, Captured(typeof(string), Text()));
            case 3:
                return Not(Condition(level + 1));
            case 6:
                return AndAlso(Condition(level + 1), Condition(level + 1));
            case 7:
                return OrElse(Condition(level + 1), Condition(level + 1));
            default:
                return MakeBinary(
                    Choose(2) == 0 ? ExpressionType.Equal : ExpressionType.NotEqual,
                    Condition(level + 1),
                    Condition(level + 1)
                );
        }
    }

    private Expression Number(Type type, int level)
    {
        switch (Choose(level < MostLevels ? 14 : 4))
        {
            case 0 or 4 or 5:
                return Convert(AnyField(), type);
            case 1:
                return Constant(Value(type));
            case 2 or 3:
                return Captured(type, Value(type));
            case 6:
                return MakeBinary(Choose(2) == 0 ? ExpressionType.Divide : ExpressionType.Modulo, Number(type, level + 1), Divisor(type));
            case 7:
                return MakeBinary(
                    Choose(2) == 0 ? ExpressionType.LeftShift : ExpressionType.RightShift,
                    Number(type, level + 1),
                    Number(typeof(int), level + 1)
                );
            case 8 when type != typeof(ulong) && type != typeof(uint):
                return Negate(Number(type, level + 1));
            case 9:
                return Expression.Not(Number(type, level + 1));
            case 10:
                Type[] all = [typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), .. s_calculated];
                return Convert(Convert(Number(s_calculated[Choose(s_calculated.Length)], level + 1), all[Choose(all.Length)]), type);
            default:
                ExpressionType[] calculations =
                [
                    ExpressionType.Add,
                    ExpressionType.Subtract,
                    ExpressionType.Multiply,
                    ExpressionType.And,
                    ExpressionType.Or,
                    ExpressionType.ExclusiveOr,
                ];
                return MakeBinary(calculations[Choose(calculations.Length)], Number(type, level + 1), Number(type, level + 1));
        }
    }

    private Expression AnyField()
    {
        MemberExpression key = Property(_flow, "Key");
        MemberExpression inner = Field(nameof(Flow.Inner));
        Func<Expression>[] fields =
        [
            () => Field(nameof(Flow.Packets)),
            () => Field(nameof(Flow.Bytes)),
            () => Field(nameof(Flow.Delta)),
            () => Field(nameof(Flow.Balance)),
            () => Field(nameof(Flow.Small)),
            () => Field(nameof(Flow.Tiny)),
            () => Field(nameof(Flow.State)),
            () => Field(nameof(Flow.Flags)),
            () => Field(nameof(Flow.Hops)),
            () => Expression.Field(inner, nameof(Counter.Hits)),
            () => Expression.Field(inner, nameof(Counter.Change)),
            () => Property(Field(nameof(Flow.NextHop)), nameof(Be32.Value)),
            () => Property(Field(nameof(Flow.NextHop)), nameof(Be32.NetworkOrder)),
            () => Convert(Expression.Field(key, nameof(Flow.Key.Port)), typeof(ushort)),
            () => Expression.Field(key, nameof(Flow.Key.Zone)),
        ];
        return fields[Choose(fields.Length)]();
    }

    private MemberExpression Field(string name) => Expression.Field(Property(_flow, "Value"), name);

    private ExpressionType Relation()
    {
        ExpressionType[] relations =
        [
            ExpressionType.LessThan,
            ExpressionType.Equal,
            ExpressionType.NotEqual,
            ExpressionType.LessThanOrEqual,
            ExpressionType.GreaterThan,
            ExpressionType.GreaterThanOrEqual,
        ];
        return relations[Choose(relations.Length)];
    }

    private Expression Divisor(Type type)
    {
        object value = System.Convert.ChangeType(Choose(1000) + 1, type, null);
        return Choose(2) == 0 ? Constant(value) : Captured(type, value);
    }

    private object Value(Type type)
    {
        long number = s_numbers[Choose(s_numbers.Length)] + Choose(3);
        return Type.GetTypeCode(type) switch
        {
            TypeCode.Int32 => unchecked((int)number),
            TypeCode.UInt32 => unchecked((uint)number),
            TypeCode.Int64 => (object)number,
            _ => unchecked((ulong)number),
        };
    }

    private string Text() => s_texts[Choose(s_texts.Length)];

    /// <summary>A variable, as the compiler captures it: a field of an object.</summary>
    private static MemberExpression Captured(Type type, object value)
    {
        object box = Activator.CreateInstance(typeof(System.Runtime.CompilerServices.StrongBox<>).MakeGenericType(type), value)!;
        return Expression.Field(Constant(box), "Value");
    }

    private int Choose(int count) => _next < choices.Length ? (int)(choices[_next++] % (uint)count) : 0;
}
