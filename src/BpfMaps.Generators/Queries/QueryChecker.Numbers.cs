using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BpfMaps.Generators.Queries;

// Expressions with a number.
internal sealed partial class QueryChecker
{
    /// <summary>Checks an expression with an integer.</summary>
    /// <returns><see langword="false"/> if a part of it cannot be translated.</returns>
    public bool CheckNumber(IOperation number)
    {
        number = WithoutIdentity(number);
        if (IntegerType.Of(number.Type) is not { } type)
            return Refuse(QueryDescriptors.NotAnInteger, number, QueryRules.NotAnInteger(NameOf(number.Type)));
        if (!Uses(number))
            return IsLiteral(number) || Reserve(number, 1);
        return number switch
        {
            IConversionOperation conversion => CheckConversion(conversion, type),
            IUnaryOperation { OperatorMethod: null } unary => CheckUnary(unary),
            IBinaryOperation { OperatorMethod: null } binary => CheckBinary(binary),
            IPropertyReferenceOperation { Instance: { } container } member when IntegerType.IsNetworkOrder(container.Type) =>
                CheckNetworkOrder(member, container),
            IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke } => RefuseOperation(number),
            IMemberReferenceOperation or IInvocationOperation => CheckField(number, type),
            _ => RefuseOperation(number),
        };
    }

    /// <summary>Literals are parts of the program, and need no parameter.</summary>
    private static bool IsLiteral(IOperation number) =>
        number.ConstantValue.HasValue
        || number switch
        {
            IConversionOperation conversion => IsLiteral(conversion.Operand),
            IUnaryOperation unary => IsLiteral(unary.Operand),
            _ => false,
        };

    private bool CheckField(IOperation field, IntegerType type)
    {
        if (!FindPlace(field, out QueryPlace? place))
            return false;
        return place is null
            || (place.Size == type.Size && !place.Layout.IsComposite)
            || Refuse(QueryDescriptors.ArrayElementInvalid, field, QueryRules.OtherSize(place.Size, NameOf(field.Type), type.Size));
    }

    private bool CheckNetworkOrder(IPropertyReferenceOperation member, IOperation number)
    {
        if (!CheckNumber(number))
            return false;
        bool isField = WithoutIdentity(number) is IMemberReferenceOperation or IInvocationOperation;
        return member.Property.Name == "Value"
            || (member.Property.Name == "NetworkOrder" && isField)
            || Refuse(QueryDescriptors.NotAField, member, QueryRules.NoTranslation(member.Property.Name));
    }

    private bool CheckConversion(IConversionOperation conversion, IntegerType type)
    {
        ITypeSymbol? from = conversion.Operand.Type;
        bool isKnown = conversion.OperatorMethod is not { } method || IntegerType.IsNetworkOrder(method.ContainingType);
        if (!isKnown || IntegerType.Of(from) is not { } number)
            return Refuse(QueryDescriptors.NotAnInteger, conversion, QueryRules.NotConvertible(NameOf(from)));
        if (conversion.IsChecked && !QueryRules.Holds(type.Size, type.IsSigned, number.Size, number.IsSigned))
            return Refuse(QueryDescriptors.OperationUntranslatable, conversion, QueryRules.Checked);
        return CheckNumber(conversion.Operand);
    }

    private bool CheckUnary(IUnaryOperation unary) =>
        unary.OperatorKind switch
        {
            UnaryOperatorKind.Minus when unary.IsChecked => Refuse(QueryDescriptors.OperationUntranslatable, unary, QueryRules.Checked),
            UnaryOperatorKind.Minus or UnaryOperatorKind.BitwiseNegation or UnaryOperatorKind.Plus => CheckNumber(unary.Operand),
            _ => RefuseOperation(unary),
        };

    private bool CheckBinary(IBinaryOperation binary)
    {
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply when binary.IsChecked:
                return Refuse(QueryDescriptors.OperationUntranslatable, binary, QueryRules.Checked);
            case BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder:
                if (!CheckDivisor(WithoutIdentity(binary.RightOperand)))
                    return false;
                break;
            case BinaryOperatorKind.Add
            or BinaryOperatorKind.Subtract
            or BinaryOperatorKind.Multiply
            or BinaryOperatorKind.And
            or BinaryOperatorKind.Or
            or BinaryOperatorKind.ExclusiveOr
            or BinaryOperatorKind.LeftShift
            or BinaryOperatorKind.RightShift:
                break;
            default:
                return RefuseOperation(binary);
        }
        return CheckNumber(binary.LeftOperand) && CheckNumber(binary.RightOperand);
    }

    private bool CheckDivisor(IOperation divisor)
    {
        if (Uses(divisor))
            return Refuse(QueryDescriptors.DivisorInvalid, divisor, QueryRules.VariableDivisor);
        return divisor.ConstantValue is not { HasValue: true, Value: int and < 0 or long and < 0 }
            || Refuse(QueryDescriptors.DivisorInvalid, divisor, QueryRules.NegativeDivisor);
    }

    /// <summary>Gets the name as <c>Type.Name</c> has it at run time.</summary>
    private static string NameOf(ITypeSymbol? type) =>
        type switch
        {
            null => "Object",
            IArrayTypeSymbol array => NameOf(array.ElementType) + "[]",
            _ => type.MetadataName,
        };
}
