using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BpfMaps.Generators.Queries;

/// <summary>
/// Finds the first part of a query that cannot be translated, in the order in which queries translate it at run time. This part checks
/// fields and captured variables.
/// </summary>
/// <remarks>
/// At run time, queries see an expression tree. It differs from the operations here: identity conversions that are not written do not
/// exist, and operators of strings, decimals and delegates are methods.
/// </remarks>
/// <param name="element">The parameter of the lambda expression.</param>
/// <param name="key">The layout of the key; <see langword="null"/> if it is not known, so that its fields are not checked.</param>
/// <param name="value">The layout of the value.</param>
internal sealed partial class QueryChecker(IParameterSymbol element, TypeLayout? key, TypeLayout? value)
{
    private int _parameters;

    /// <summary>Gets what cannot be translated.</summary>
    public QueryRefusal? Refusal { get; private set; }

    private bool Uses(IOperation operation) =>
        operation.DescendantsAndSelf().Any(part => part is IParameterReferenceOperation use && IsElement(use));

    private bool IsElement(IOperation? operation) =>
        operation is IParameterReferenceOperation { Parameter: var parameter } && SymbolEqualityComparer.Default.Equals(parameter, element);

    private bool Refuse(DiagnosticDescriptor descriptor, IOperation part, string reason)
    {
        Refusal ??= new(descriptor, part, reason);
        return false;
    }

    private bool Reserve(IOperation part, int count)
    {
        _parameters += count;
        return _parameters <= QueryRules.MostParameters || Refuse(QueryDescriptors.TooManyVariables, part, QueryRules.TooManyVariables);
    }

    /// <summary>Finds the field that an operation names.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="place">The field; <see langword="null"/> if its layout is not known.</param>
    private bool FindPlace(IOperation operation, out QueryPlace? place)
    {
        operation = WithoutIdentity(operation);
        place = null;
        switch (operation)
        {
            case IMemberReferenceOperation { Instance: { } instance } member when IsMember(member):
                if (!IsElement(instance))
                    return FindPlace(instance, out QueryPlace? container) && FindField(member, container, out place);
                place = (member.Member.Name == "Key" ? key : value) is { } layout ? new(layout, 0) : null;
                return true;
            case IInvocationOperation call when IsElementAt(call.TargetMethod):
                return FindPlace(call.Arguments[0].Value, out QueryPlace? array) && FindElement(call, array, out place);
            case IConversionOperation { Type.SpecialType: SpecialType.System_ValueType } boxing:
                return FindPlace(boxing.Operand, out place);
            case IInvocationOperation or IPropertyReferenceOperation { Property.IsIndexer: true }:
                return Refuse(QueryDescriptors.OperationUntranslatable, operation, QueryRules.Method);
            default:
                return Refuse(QueryDescriptors.NotAField, operation, QueryRules.NotAField);
        }
    }

    /// <summary>Gets whether a reference is to a field or property. Indexers are methods in expression trees.</summary>
    private static bool IsMember(IMemberReferenceOperation member) =>
        member is IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false };

    private bool FindField(IMemberReferenceOperation member, QueryPlace? container, out QueryPlace? place)
    {
        place = null;
        if (container is null)
            return true;
        FieldLayout? field =
            container.Count == 0 ? container.Layout.Fields.FirstOrDefault(field => field.Name == member.Member.Name) : null;
        if (field is null)
            return Refuse(QueryDescriptors.NotAField, member, QueryRules.ComputedProperty(member.Member.Name));
        place = new(field.Type, field.Count);
        return true;
    }

    private bool FindElement(IInvocationOperation call, QueryPlace? array, out QueryPlace? place)
    {
        place = null;
        array = array is null ? null : AsArray(array);
        if (array is { Count: 0 })
            return Refuse(QueryDescriptors.ArrayElementInvalid, call, QueryRules.NotAnArray);
        IOperation index = call.Arguments[1].Value;
        if (Uses(index))
            return Refuse(QueryDescriptors.ArrayElementInvalid, call, QueryRules.VariableIndex);
        if (array is null)
            return true;
        if (index.ConstantValue is { HasValue: true, Value: int number } && (number < 0 || number >= array.Count))
            return Refuse(QueryDescriptors.ArrayElementInvalid, call, QueryRules.IndexOutside(number, array.Count));
        place = array with { Count = 0 };
        return true;
    }

    /// <summary>The layout of an inline array that is not a field is a struct with one field.</summary>
    private static QueryPlace AsArray(QueryPlace place) =>
        place is { Count: 0, Layout: { IsComposite: true, Fields.Count: 1 } layout } && layout.Fields[0] is { Count: > 0 } only
            ? new(only.Type, only.Count)
            : place;

    private static bool IsElementAt(IMethodSymbol method) =>
        method.Name == "ElementAt" && method.ContainingType.Name == "BpfInlineArray" && method.ContainingType.IsInRuntimeNamespace();

    private static bool IsText(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "BpfText", TypeArguments.Length: 1 } && type.IsInRuntimeNamespace();

    private static IOperation WithoutIdentity(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true, Conversion.IsIdentity: true } conversion)
            operation = conversion.Operand;
        return operation;
    }
}
