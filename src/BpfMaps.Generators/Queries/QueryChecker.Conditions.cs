using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BpfMaps.Generators.Queries;

// Expressions that are true or false.
internal sealed partial class QueryChecker
{
    /// <summary>Checks an expression that is true or false.</summary>
    /// <returns><see langword="false"/> if a part of it cannot be translated.</returns>
    public bool CheckCondition(IOperation condition)
    {
        condition = WithoutIdentity(condition);
        if (!Uses(condition))
            return condition.ConstantValue.HasValue || Reserve(condition, 1);
        return condition switch
        {
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, OperatorMethod: null } not => CheckCondition(not.Operand),
            IBinaryOperation { OperatorMethod: null } both when IsLogical(both) => CheckCondition(both.LeftOperand)
                && CheckCondition(both.RightOperand),
            IBinaryOperation binary => CheckComparison(binary),
            IPropertyReferenceOperation { Property.Name: "IsEmpty", Instance: { } text } when IsText(text.Type) => CheckMatch(text),
            IInvocationOperation { TargetMethod.MethodKind: not MethodKind.DelegateInvoke } call => CheckCall(call),
            IPropertyReferenceOperation { Property.IsIndexer: true } => Refuse(
                QueryDescriptors.OperationUntranslatable,
                condition,
                QueryRules.Method
            ),
            _ => RefuseOperation(condition),
        };
    }

    private static bool IsLogical(IBinaryOperation binary) =>
        binary.Type?.SpecialType == SpecialType.System_Boolean
        && binary.OperatorKind
            is BinaryOperatorKind.ConditionalAnd
                or BinaryOperatorKind.And
                or BinaryOperatorKind.ConditionalOr
                or BinaryOperatorKind.Or;

    private bool RefuseOperation(IOperation operation) => Refuse(QueryDescriptors.OperationUntranslatable, operation, QueryRules.Operation);

    private bool CheckComparison(IBinaryOperation binary)
    {
        if (IsText(binary.LeftOperand.Type))
            return CheckTexts(binary);
        bool isComparison = IsComparison(binary.OperatorKind);
        if (binary is { LeftOperand.Type.SpecialType: SpecialType.System_Boolean, OperatorMethod: null })
        {
            isComparison |= binary.OperatorKind == BinaryOperatorKind.ExclusiveOr;
            return isComparison ? CheckCondition(binary.LeftOperand) && CheckCondition(binary.RightOperand) : RefuseOperation(binary);
        }

        if (OwnerOfOperator(binary) is { } owner && !IntegerType.IsNetworkOrder(owner))
            return Refuse(QueryDescriptors.OperationUntranslatable, binary, QueryRules.OperatorIsMethod(NameOf(owner)));
        return isComparison ? CheckNumber(binary.LeftOperand) && CheckNumber(binary.RightOperand) : RefuseOperation(binary);
    }

    private static bool IsComparison(BinaryOperatorKind kind) =>
        kind
            is BinaryOperatorKind.Equals
                or BinaryOperatorKind.NotEquals
                or BinaryOperatorKind.LessThan
                or BinaryOperatorKind.LessThanOrEqual
                or BinaryOperatorKind.GreaterThan
                or BinaryOperatorKind.GreaterThanOrEqual;

    /// <summary>Gets the type whose method is the operator. Those of strings and decimals are methods in expression trees only.</summary>
    private static ITypeSymbol? OwnerOfOperator(IBinaryOperation binary) =>
        binary.OperatorMethod is { } method ? method.ContainingType
        : binary.LeftOperand.Type is { SpecialType: SpecialType.System_String or SpecialType.System_Decimal } type ? type
        : null;

    private bool CheckTexts(IBinaryOperation binary) =>
        Uses(binary.LeftOperand)
            ? CheckMatch(binary.LeftOperand, binary.RightOperand)
            : CheckMatch(binary.RightOperand, binary.LeftOperand);

    private bool CheckCall(IInvocationOperation call)
    {
        if (call is { Instance: { } instance, Arguments.Length: 1 })
        {
            IOperation argument = call.Arguments[0].Value;
            string name = call.TargetMethod.Name;
            if (name is "Equals" or "StartsWith" && IsText(instance.Type) && IsTextOrString(argument.Type))
                return CheckMatch(instance, argument);
            bool isSameType = SymbolEqualityComparer.Default.Equals(instance.Type, argument.Type);
            if (name == "Equals" && isSameType && IntegerType.Of(instance.Type) is not null)
                return CheckNumber(instance) && CheckNumber(argument);
            if (name == "HasFlag" && call.TargetMethod.ContainingType.SpecialType == SpecialType.System_Enum)
                return CheckNumber(Unboxed(instance)) && CheckNumber(Unboxed(argument));
        }
        return Refuse(QueryDescriptors.OperationUntranslatable, call, QueryRules.Method);
    }

    private static IOperation Unboxed(IOperation operation) =>
        operation is IConversionOperation { Type.SpecialType: SpecialType.System_Enum } boxing ? boxing.Operand : operation;

    private bool CheckMatch(IOperation field, IOperation text) =>
        Uses(text) ? Refuse(QueryDescriptors.TextDependsOnElement, WithoutIdentity(text), QueryRules.ElementText) : CheckMatch(field);

    private bool CheckMatch(IOperation field) =>
        FindPlace(field, out QueryPlace? place) && (place is null || Reserve(field, QueryRules.ParametersOfText(place.Size)));

    private static bool IsTextOrString(ITypeSymbol? type) => type?.SpecialType == SpecialType.System_String || IsText(type);
}
