using System.Linq.Expressions;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Translation;

/// <summary>Translates expression trees about one element into questions. This part translates fields and captured variables.</summary>
/// <remarks>
/// Fields are found by their names in the layouts, so that no reflection over the types of users is necessary. What has no translation
/// is an <see cref="ArgumentException"/> that shows the part of the expression.
/// </remarks>
internal sealed partial class Translator(ParameterExpression element, ElementShape shape, params ReadOnlySpan<ulong> first)
{
    private readonly List<ulong> _parameters = [.. first];

    /// <summary>Gets the values of the captured variables.</summary>
    public ulong[] Parameters => [.. _parameters];

    private bool Uses(Expression expression) => ElementSearch.Uses(expression, element);

    private int Reserve(Expression expression, int count)
    {
        int first = _parameters.Count;
        if (first + count > QueryRules.MostParameters)
            throw Untranslatable.Because(expression, QueryRules.TooManyVariables);
        System.Runtime.InteropServices.CollectionsMarshal.SetCount(_parameters, first + count);
        return first;
    }

    /// <summary>Finds the field that an expression names.</summary>
    private Place PlaceOf(Expression expression)
    {
        switch (expression)
        {
            case MemberExpression { Expression: ParameterExpression parameter } member when parameter == element:
                return Whole(member, member.Member.Name == nameof(KeyValuePair<,>.Key) ? Part.Key : Part.Value);
            case MemberExpression { Expression: { } container } member:
                return Field(member, PlaceOf(container));
            case MethodCallExpression { Method: { Name: nameof(BpfInlineArray.ElementAt), DeclaringType: { } type } } call
                when type == typeof(BpfInlineArray):
                return Element(call, PlaceOf(call.Arguments[0]));
            case UnaryExpression { NodeType: ExpressionType.Convert, Type: var type } boxing when type == typeof(ValueType):
                return PlaceOf(boxing.Operand);
            case MethodCallExpression:
                throw Untranslatable.Because(expression, QueryRules.Method);
            default:
                throw Untranslatable.Because(expression, QueryRules.NotAField);
        }
    }

    private Place Whole(MemberExpression member, Part part) =>
        shape[part] is { } layout
            ? new Place(part, 0, layout, 0)
            : throw Untranslatable.Because(member, $"the map does not declare the fields of its {part}.");

    private static Place Field(MemberExpression member, Place container) =>
        container.Count == 0 && FieldSearch.Find(container.Layout, member.Member, out int offset) is { BitSize: 0 } field
            ? container with
            {
                Offset = container.Offset + offset,
                Layout = field.Type,
                Count = field.Count,
            }
            : throw Untranslatable.Because(member, QueryRules.ComputedProperty(member.Member.Name));

    private Place Element(MethodCallExpression call, Place array)
    {
        array = AsArray(array);
        if (array.Count == 0)
            throw Untranslatable.Because(call, QueryRules.NotAnArray);
        if (Uses(call.Arguments[1]))
            throw Untranslatable.Because(call, QueryRules.VariableIndex);
        long index = (long)CapturedValue.ReadNumber(call.Arguments[1], new NumberType(4, true));
        if (index < 0 || index >= array.Count)
            throw Untranslatable.Because(call, QueryRules.IndexOutside(index, array.Count));
        return array with { Offset = array.Offset + ((int)index * array.Layout.Size), Count = 0 };
    }

    /// <summary>The layout of an inline array that is not a field is a struct with one field.</summary>
    private static Place AsArray(Place place) =>
        place is { Count: 0, Layout: { IsScalar: false, Fields: [{ Count: > 0 } only] } }
            ? place with
            {
                Offset = place.Offset + only.Offset,
                Layout = only.Type,
                Count = only.Count,
            }
            : place;
}
