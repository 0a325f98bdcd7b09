using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for keys.</summary>
internal static class KeyRules
{
    /// <returns><see langword="null"/> for map types without keys, or if an error was reported.</returns>
    public static ITypeSymbol? FindKey(MapDeclaration declaration)
    {
        MapAttribute attribute = declaration.Attribute;
        ITypeSymbol? nested = NestedKey(declaration.Target);
        if (!declaration.Kind.HasDeclaredKeys)
        {
            RefuseKey(declaration, nested);
            return null;
        }
        if ((attribute.Key ?? nested) is { } found)
            return found;
        if (declaration.Kind.Keys == MapKeyRule.Index)
            return declaration.Compilation.GetSpecialType(SpecialType.System_UInt32);
        if (
            declaration.Kind.Keys == MapKeyRule.CgroupStorage
            && declaration.Compilation.GetTypeByMetadataName(SymbolFacts.RuntimeNamespace + ".BpfCgroupStorageKey") is { } whole
        )
            return whole;
        if (declaration.Kind.Keys == MapKeyRule.Prefix)
        {
            ReportPrefix(
                declaration,
                attribute.LocationOf("Key"),
                "LpmKey<Be32>",
                "Key is not set: add 'Key = typeof(LpmKey<Be32>)', or LpmKey<T> of another type"
            );
            return null;
        }
        declaration.Reporter.Error(
            DeclarationDescriptors.KeyMissing,
            declaration.Place,
            DiagnosticProperties.Of(
                (DiagnosticProperties.Argument, "Key"),
                (DiagnosticProperties.ArgumentValue, "typeof(uint)"),
                (DiagnosticProperties.SuggestedType, "uint")
            ),
            declaration.Kind.Type.ToString(),
            declaration.Target.MessageName()
        );
        return null;
    }

    public static void CheckLayout(MapDeclaration declaration, ITypeSymbol? type, TypeLayout? key)
    {
        if (type is null || key is null)
            return;
        bool hasWrongSize = declaration.Kind.Keys switch
        {
            MapKeyRule.Index => key.Size != declaration.Kind.KeySize,
            MapKeyRule.CgroupStorage => key.Size is not (8 or 16),
            _ => false,
        };
        if (hasWrongSize)
            ReportSize(declaration, type, key);
        else if (declaration.Kind.Keys == MapKeyRule.Prefix)
            CheckPrefix(declaration, type, key);
        else if (key.Size > KernelLimits.LargestKey)
            ReportTooLarge(declaration, key);
        if (SpinLockRules.Contains(key))
            declaration.Reporter.Error(
                DeclarationDescriptors.SpinLockMisplaced,
                declaration.Reporter.LocationOf(type),
                key.DisplayName,
                "it is a key, and only values can have locks"
            );
        DeclaredSizeRules.Check(declaration, LayoutDescriptors.KeySizeMismatch, "KeySize", declaration.Attribute.KeySize, key);
    }

    /// <summary>Gets the type arguments of the base class.</summary>
    /// <param name="value">The full name of the value type or of the class of inner maps; <see langword="null"/> if the map type has
    /// neither.</param>
    public static EquatableArray<string> BaseTypeArguments(MapTypeFacts kind, ITypeSymbol? key, string? value)
    {
        string? keyArgument = kind.Keys switch
        {
            MapKeyRule.Any or MapKeyRule.CgroupStorage => key!.FullName(),
            MapKeyRule.Prefix => ((INamedTypeSymbol)key!).TypeArguments[0].FullName(),
            _ => null,
        };
        return new[] { keyArgument, value }.OfType<string>().ToEquatableArray();
    }

    private static INamedTypeSymbol? NestedKey(INamedTypeSymbol target) =>
        target.GetTypeMembers("Key", 0).FirstOrDefault(static t => t.TypeKind is TypeKind.Struct or TypeKind.Enum);

    private static void RefuseKey(MapDeclaration declaration, ITypeSymbol? nested)
    {
        // On the BPF side, such keys have the size of a CPU number or a descriptor.
        bool isKeySizeWrong = declaration.Attribute.KeySize is > 0 and var size && declaration.Kind.KeySize != size;
        string? argument =
            declaration.Attribute.Key is not null ? "Key"
            : isKeySizeWrong ? "KeySize"
            : null;
        if (argument is not null)
        {
            declaration.Reporter.Error(
                DeclarationDescriptors.KeyOnKeylessMap,
                declaration.Attribute.LocationOf(argument),
                DiagnosticProperties.Of((DiagnosticProperties.Argument, argument)),
                WhyUndeclared(declaration.Kind),
                declaration.Target.MessageName(),
                "sets " + argument
            );
        }
        else if (nested is not null)
        {
            declaration.Reporter.Error(
                DeclarationDescriptors.KeyOnKeylessMap,
                declaration.Reporter.LocationOf(nested),
                WhyUndeclared(declaration.Kind),
                declaration.Target.MessageName(),
                "has a nested struct named 'Key'"
            );
        }
    }

    private static string WhyUndeclared(MapTypeFacts kind) =>
        kind.IsLocalStorage ? $"The keys of {kind.Type} maps are file descriptors and are not declared" : $"{kind.Type} maps have no keys";

    private static void ReportSize(MapDeclaration declaration, ITypeSymbol type, TypeLayout key)
    {
        (string wanted, string suggested, string size) =
            declaration.Kind.Keys == MapKeyRule.Index
                ? ("a 4-byte index", "uint", "4")
                : ("BpfCgroupStorageKey or an 8-byte cgroup id", "ulong", "8");
        declaration.Reporter.Error(
            DeclarationDescriptors.IndexNot4Bytes,
            declaration.Attribute.Key is null ? declaration.Reporter.LocationOf(type) : declaration.Attribute.LocationOfValue("Key"),
            DiagnosticProperties.Of(
                (DiagnosticProperties.Argument, "Key"),
                (DiagnosticProperties.ArgumentValue, $"typeof({suggested})"),
                (DiagnosticProperties.SuggestedType, suggested),
                (DiagnosticProperties.ActualSize, key.Size.Text()),
                (DiagnosticProperties.ExpectedSize, size)
            ),
            declaration.Kind.Type.ToString(),
            key.DisplayName,
            LayoutDescription.Bytes(key.Size),
            wanted,
            declaration.Kind.Keys == MapKeyRule.Index ? suggested : "either"
        );
    }

    private static void CheckPrefix(MapDeclaration declaration, ITypeSymbol type, TypeLayout key)
    {
        bool isPrefix = type.IsRuntimeType(declaration.Runtime) && type.Name == "LpmKey";
        bool isNested = declaration.Attribute.Key is null;
        Location place = isNested ? declaration.Reporter.LocationOf(type) : declaration.Attribute.LocationOfValue("Key");
        if (!isPrefix)
            ReportPrefix(
                declaration,
                place,
                $"LpmKey<{type.MessageName()}>",
                $"'{key.DisplayName}' is not an LpmKey<T>: write 'Key = typeof(LpmKey<{type.MessageName()}>)' if it is the data to match"
            );
        else if (key.Size - KernelLimits.PrefixLengthSize > KernelLimits.LargestPrefix)
            ReportPrefix(
                declaration,
                place,
                null,
                $"the data of '{key.DisplayName}' is {(key.Size - KernelLimits.PrefixLengthSize).Text()} bytes"
            );
    }

    private static void ReportPrefix(MapDeclaration declaration, Location place, string? suggested, string reason) =>
        declaration.Reporter.Error(
            DeclarationDescriptors.PrefixKeyExpected,
            place,
            DiagnosticProperties.Of(
                (DiagnosticProperties.Argument, suggested is null ? null : "Key"),
                (DiagnosticProperties.ArgumentValue, suggested is null ? null : $"typeof({suggested})"),
                (DiagnosticProperties.SuggestedType, suggested)
            ),
            reason
        );

    private static void ReportTooLarge(MapDeclaration declaration, TypeLayout key) =>
        declaration.Reporter.Error(
            LayoutDescriptors.KeyTooLarge,
            declaration.Attribute.Key is null ? declaration.Place : declaration.Attribute.LocationOfValue("Key"),
            DiagnosticProperties.Of(
                (DiagnosticProperties.ActualSize, key.Size.Text()),
                (DiagnosticProperties.ExpectedSize, KernelLimits.LargestKey.Text())
            ),
            key.DisplayName,
            key.Size.Text(),
            KernelLimits.LargestKey.Text(),
            declaration.Kind.Type.ToString(),
            LayoutDescription.Fields(key)
        );
}
