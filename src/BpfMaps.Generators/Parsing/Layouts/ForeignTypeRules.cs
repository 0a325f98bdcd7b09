using BpfMaps.Generators.Diagnostics;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for types that C does not have, or that have another size or meaning in C.</summary>
internal static class ForeignTypeRules
{
    /// <summary>Reports an error if the type cannot be used in keys and values.</summary>
    public static bool Refuse(ITypeSymbol type, IFieldSymbol? use, Location place, Reporter reporter)
    {
        string subject = use is null ? type.MessageName() : LayoutParser.NameOf(use);
        if (WhyNotBlittable(type) is (var reason, var kind, var replacement))
        {
            reporter.Error(
                LayoutDescriptors.NotBlittable,
                place,
                DiagnosticProperties.Of((DiagnosticProperties.FieldTypeKind, kind), (DiagnosticProperties.SuggestedType, replacement)),
                subject,
                reason
            );
            return true;
        }
        if (WhyForeign(type) is (var difference, var foreign, var suggestion, var advice))
        {
            reporter.Error(
                LayoutDescriptors.DiffersFromC,
                place,
                DiagnosticProperties.Of((DiagnosticProperties.FieldTypeKind, foreign), (DiagnosticProperties.SuggestedType, suggestion)),
                subject,
                type.MessageName(),
                difference,
                advice
            );
            return true;
        }
        return false;
    }

    private static (string Reason, string? Kind, string? Replacement)? WhyNotBlittable(ITypeSymbol type) =>
        type switch
        {
            { TypeKind: TypeKind.Error } => ("its type cannot be found", null, null),
            INamedTypeSymbol { IsUnboundGenericType: true } => ("its type arguments are missing", "open generic", null),
            { SpecialType: SpecialType.System_Void } => ("'void' has no size", "void", null),
            { TypeKind: TypeKind.Dynamic } => ("'dynamic' is a reference", "dynamic", null),
            IArrayTypeSymbol => ("an array is a reference: use an [InlineArray] struct or a fixed buffer", "array", null),
            { SpecialType: SpecialType.System_String } => (
                "'string' is a reference: use BpfText<Bytes16> (or another length) for 'char[16]'",
                "string",
                "global::BpfMaps.BpfText<global::BpfMaps.Bytes16>"
            ),
            ITypeParameterSymbol => ($"'{type.Name}' is a type parameter, which can be any type", "type parameter", null),
            {
                Name: "IPAddress",
                ContainingNamespace: { Name: "Net", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } }
            } => (
                "'IPAddress' is a reference: use Be32 for an IPv4 address, Bytes16 for an IPv6 address",
                "IPAddress",
                "global::BpfMaps.Be32"
            ),
            INamedTypeSymbol { TypeKind: TypeKind.Class } when type.Locations.Any(static l => l.IsInSource) => (
                $"'{type.MessageName()}' is a class, which is a reference: declare it as a struct",
                "class",
                null
            ),
            { IsReferenceType: true } => ($"'{type.MessageName()}' is a reference", "reference", null),
            { IsRefLikeType: true } => ($"'{type.MessageName()}' is a ref struct", "ref struct", null),
            { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => (
                "a nullable value contains a hidden flag",
                "nullable",
                null
            ),
            _ => null,
        };

    private static (string Difference, string Kind, string? Suggestion, string Advice)? WhyForeign(ITypeSymbol type) =>
        type switch
        {
            { SpecialType: SpecialType.System_Boolean } => (
                "only 0 and 1 are valid values of a C# bool, and the kernel may write others",
                "bool",
                "byte",
                "use byte"
            ),
            { SpecialType: SpecialType.System_Char } => (
                "a C# char is 2 bytes and a C char is 1",
                "char",
                "byte",
                "use byte, ushort, or BpfText<TBytes> for text"
            ),
            { SpecialType: SpecialType.System_IntPtr } => (
                "its size depends on this process, but a C long in BPF programs is always 8 bytes",
                "nint",
                "long",
                "use long"
            ),
            { SpecialType: SpecialType.System_UIntPtr } => (
                "its size depends on this process, but a C long in BPF programs is always 8 bytes",
                "nuint",
                "ulong",
                "use ulong"
            ),
            { SpecialType: SpecialType.System_Decimal } => ("C has no decimal numbers", "decimal", null, "use an integer and a scale"),
            { SpecialType: SpecialType.System_DateTime } => (
                "it counts intervals of 100 ns since the year 1 and contains a DateTimeKind",
                "DateTime",
                "ulong",
                "use ulong for bpf_ktime_get_ns()"
            ),
            IPointerTypeSymbol => ("a kernel address is meaningless in this process", "pointer", "ulong", "use ulong"),
            IFunctionPointerTypeSymbol => ("a kernel address is meaningless in this process", "pointer", "ulong", "use ulong"),
            _ when type.IsInSystem("Guid") => (
                "its first three parts are in host byte order, but a C uuid is 16 bytes in order",
                "Guid",
                "global::BpfMaps.Bytes16",
                "use Bytes16"
            ),
            _ when type.IsInSystem("TimeSpan") => ("it counts intervals of 100 ns", "TimeSpan", "long", "use long for nanoseconds"),
            _ when type.IsInSystem("DateTimeOffset") => (
                "it counts intervals of 100 ns since the year 1 and its layout is not fixed",
                "DateTimeOffset",
                "ulong",
                "use ulong for bpf_ktime_get_ns()"
            ),
            { IsTupleType: true } => ("the runtime may reorder the elements of a tuple", "tuple", null, "declare a struct"),
            _ when type.IsFrameworkType() => ("the fields of framework types may change", type.Name, null, "declare a struct"),
            INamedTypeSymbol { TypeKind: TypeKind.Struct } => null,
            _ => ("it is not a struct", type.Name, null, "declare a struct"),
        };
}
