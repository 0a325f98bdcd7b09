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
        if (first + count > Question.MaxParameters)
            throw Untranslatable.Because(
                expression,
                $"with it, the captured variables need more than {Question.MaxParameters * sizeof(ulong)} bytes."
            );
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
            default:
                throw Untranslatable.Because(expression, "it is not a field of the key or the value.");
        }
    }

    private Place Whole(MemberExpression member, Part part) =>
        shape[part] is { } layout
            ? Unwrap(new Place(part, 0, layout, 0))
            : throw Untranslatable.Because(member, $"the map does not declare the fields of its {part}.");

    private static Place Field(MemberExpression member, Place container)
    {
        if (container.Count == 0)
        {
            string backing = $"<{member.Member.Name}>k__BackingField";
            foreach (Metadata.BpfFieldLayout field in container.Layout.Fields)
            {
                if (field.Name != member.Member.Name && field.Name != backing)
                    continue;
                if (field.BitSize != 0)
                    throw Untranslatable.Because(member, "bitfields cannot be used in queries.");
                return Unwrap(container with { Offset = container.Offset + field.Offset, Layout = field.Type, Count = field.Count });
            }
        }

        throw Untranslatable.Because(
            member,
            $"'{member.Member.Name}' is not a field of {container.Layout.DisplayName}. Only fields can be used, not computed properties."
        );
    }

    private Place Element(MethodCallExpression call, Place array)
    {
        if (array.Count == 0)
            throw Untranslatable.Because(call, "the field is not an inline array.");
        if (Uses(call.Arguments[1]))
            throw Untranslatable.Because(call, "the index depends on the element.");
        long index = (long)CapturedValue.ReadNumber(call.Arguments[1], new NumberType(4, true));
        if (index < 0 || index >= array.Count)
            throw Untranslatable.Because(call, $"the index is {index}, but the array has {array.Count} elements.");
        return Unwrap(array with { Offset = array.Offset + ((int)index * array.Layout.Size), Count = 0 });
    }

    /// <summary>The layout of an array that is a key or a value is a struct without a name.</summary>
    private static Place Unwrap(Place place) =>
        place is { Count: 0, Layout: { IsScalar: false, Name: "", Fields: [{ Name: "", Count: > 0 } only] } }
            ? place with
            {
                Layout = only.Type,
                Count = only.Count,
            }
            : place;
}
