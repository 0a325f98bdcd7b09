using System.Linq.Expressions;
using System.Reflection;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Translation;

/// <summary>Computes the parts of an expression that do not depend on the element.</summary>
internal static class CapturedValue
{
    /// <summary>Gets the value. Variables and constants are read directly, anything else is interpreted.</summary>
    public static object? Read(Expression expression)
    {
        switch (expression)
        {
            case ConstantExpression constant:
                return constant.Value;
            case MemberExpression { Member: FieldInfo field } member:
                return field.GetValue(member.Expression is null ? null : Read(member.Expression));
            default:
                Expression<Func<object?>> boxed = Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object)));
                return boxed.Compile(preferInterpretation: true)();
        }
    }

    /// <summary>Gets the value as a number, extended to 64 bits. Numbers in network byte order are converted.</summary>
    public static ulong ReadNumber(Expression expression, NumberType type)
    {
        ulong bits = Read(expression) switch
        {
            Be16 value => value.Value,
            Be32 value => value.Value,
            Be64 value => value.Value,
            bool value => value ? 1u : 0u,
            char value => value,
            nint value => (ulong)value,
            nuint value => value,
            Enum value => Bits(((IConvertible)value).ToType(Enum.GetUnderlyingType(value.GetType()), null)),
            { } value => Bits(value),
            null => throw Untranslatable.Because(expression, "it is null."),
        };
        return type.Normalize(bits);
    }

    private static ulong Bits(object value) =>
        value is ulong unsigned ? unsigned : (ulong)Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
}
