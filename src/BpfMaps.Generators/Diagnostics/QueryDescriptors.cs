using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Diagnostics;

/// <summary>Diagnostics of queries that run in the kernel.</summary>
internal static class QueryDescriptors
{
    public static readonly DiagnosticDescriptor OperationUntranslatable = Descriptor.Warning(
        DiagnosticIds.QueryOperationInvalid,
        DiagnosticCategories.Usage,
        "Operation cannot be used in a query",
        QueryRules.Format
    );

    public static readonly DiagnosticDescriptor NotAnInteger = Descriptor.Warning(
        DiagnosticIds.QueryNotAnInteger,
        DiagnosticCategories.Usage,
        "Number of a query is not an integer",
        QueryRules.Format
    );

    public static readonly DiagnosticDescriptor NotAField = Descriptor.Warning(
        DiagnosticIds.QueryNotAField,
        DiagnosticCategories.Usage,
        "Query uses something that is not a field",
        QueryRules.Format
    );

    public static readonly DiagnosticDescriptor DivisorInvalid = Descriptor.Warning(
        DiagnosticIds.QueryDivisorInvalid,
        DiagnosticCategories.Usage,
        "Divisor of a query can be zero or negative",
        QueryRules.Format
    );

    public static readonly DiagnosticDescriptor TextDependsOnElement = Descriptor.Warning(
        DiagnosticIds.QueryTextDependsOnElement,
        DiagnosticCategories.Usage,
        "Text of a query depends on the element",
        QueryRules.Format
    );

    public static readonly DiagnosticDescriptor ArrayElementInvalid = Descriptor.Warning(
        DiagnosticIds.QueryArrayElementInvalid,
        DiagnosticCategories.Usage,
        "Array element of a query does not exist",
        QueryRules.Format
    );

    public static readonly DiagnosticDescriptor TooManyVariables = Descriptor.Warning(
        DiagnosticIds.QueryTooManyVariables,
        DiagnosticCategories.Usage,
        "Query has too many variables",
        QueryRules.Format
    );
}
