using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace BpfMaps.Generators.Analyzers;

/// <summary>Finds the length in bytes of a span expression, if it is constant.</summary>
internal static class ConstantSpanLength
{
    public static int? Of(IOperation operation) =>
        operation switch
        {
            IConversionOperation conversion => Of(conversion.Operand),
            IArrayCreationOperation { DimensionSizes.Length: 1 } array when IsByteArray(array.Type) => Constant(array.DimensionSizes[0]),
            ICollectionExpressionOperation collection when !collection.Elements.Any(static e => e is ISpreadOperation) => collection
                .Elements
                .Length,
            IInvocationOperation call => OfSlice(call),
            ILocalReferenceOperation local => OfLocal(local),
            { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.StackAllocArrayCreationExpressionSyntax } => OfStackAlloc(operation),
            _ => null,
        };

    // The public API has no operation for stackalloc; the only child operation is the size.
    private static int? OfStackAlloc(IOperation operation)
    {
        string? element =
            (operation.Type as INamedTypeSymbol)?.TypeArguments.FirstOrDefault()?.SpecialType == SpecialType.System_Byte ? "byte" : null;
        return element is not null && operation.ChildOperations.Count > 0 ? Constant(operation.ChildOperations.First()) : null;
    }

    private static int? OfSlice(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is not ("AsSpan" or "Slice"))
            return null;
        IArgumentOperation? length = call.Arguments.FirstOrDefault(static a => a.Parameter?.Name == "length");
        if (length is not null)
            return Constant(length.Value);
        bool isWhole = call.TargetMethod.Name == "AsSpan" && !call.Arguments.Any(static a => a.Parameter?.Name is "start" or "range");
        IOperation? whole = call.Instance ?? call.Arguments.FirstOrDefault()?.Value;
        return isWhole && whole is not null ? Of(whole) : null;
    }

    private static int? OfLocal(ILocalReferenceOperation reference)
    {
        IOperation root = reference;
        while (root.Parent is not null)
            root = root.Parent;
        IVariableDeclaratorOperation? declarator = null;
        foreach (IOperation operation in root.Descendants())
        {
            if (
                operation is IVariableDeclaratorOperation declaration
                && SymbolEqualityComparer.Default.Equals(declaration.Symbol, reference.Local)
            )
                declarator = declaration;
            else if (
                operation is IAssignmentOperation { Target: ILocalReferenceOperation target }
                && SymbolEqualityComparer.Default.Equals(target.Local, reference.Local)
            )
                return null;
            else if (
                operation is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: ILocalReferenceOperation passed }
                && SymbolEqualityComparer.Default.Equals(passed.Local, reference.Local)
            )
                return null;
        }
        return (declarator?.Initializer ?? (declarator?.Parent as IVariableDeclarationOperation)?.Initializer)?.Value is { } value
            ? Of(value)
            : null;
    }

    private static bool IsByteArray(ITypeSymbol? type) => type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte };

    private static int? Constant(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: int value } ? value : null;
}
