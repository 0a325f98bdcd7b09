using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>
/// Creates the spec of a class for a declaration with errors. With this class, code that uses it compiles, and only the
/// errors of the declaration are reported.
/// </summary>
internal static class SkeletonParser
{
    /// <summary>Errors that do not affect the name, base class and types of the map class.</summary>
    private static readonly HashSet<string> s_sparingTheClass =
    [
        DiagnosticIds.LanguageTooOld,
        DiagnosticIds.KeyOnKeylessMap,
        DiagnosticIds.IndexNot4Bytes,
        DiagnosticIds.ValueOnStruct,
        DiagnosticIds.NameInvalid,
        DiagnosticIds.MaxEntriesRefused,
        DiagnosticIds.MapExtraRefused,
        DiagnosticIds.FlagsRefused,
        DiagnosticIds.FlagsContradictory,
        DiagnosticIds.NotAggregatable,
        DiagnosticIds.SpinLockMisplaced,
        DiagnosticIds.NotBlittable,
        DiagnosticIds.DiffersFromC,
        DiagnosticIds.AutoLayout,
        DiagnosticIds.KeySizeMismatch,
        DiagnosticIds.ValueSizeMismatch,
        DiagnosticIds.KeyTooLarge,
        DiagnosticIds.ValueTooLarge,
        DiagnosticIds.EmptyType,
        DiagnosticIds.ValueSizeRefused,
        DiagnosticIds.InnerOnOtherMap,
        DiagnosticIds.RecordOnOtherMap,
    ];

    /// <returns><see langword="null"/> if the declaration has no errors, or its class is unknown.</returns>
    public static MapSpec? Parse(INamedTypeSymbol target, AttributeData attribute, Compilation compilation, CancellationToken cancellation)
    {
        List<string> errors = [];
        MapParser.Parse(target, attribute, compilation, error => errors.Add(error.Id), out MapDeclaration? declaration, cancellation);
        if (declaration is null || !declaration.Reporter.HasErrors || !errors.TrueForAll(s_sparingTheClass.Contains))
            return null;

        declaration = declaration with { Reporter = declaration.Reporter.Silent() };
        DeclaredTypes types = new(KeyRules.FindKey(declaration), ValueRules.FindValue(declaration), InnerRules.Find(declaration));
        string? baseClass = declaration.Kind.ClassFor(declaration.Attribute.Flags ?? BpfMapFlags.None);
        if (baseClass is null || !IsTypeArgument(types.Key) || !IsTypeArgument(types.Value))
            return null;
        string modifiers = AccessibilityRules.ModifiersFor(declaration, types.Key, types.Value, types.Inner);
        MapSpec spec = MapParser.ClassSpec(declaration, types, baseClass, modifiers, methods: []);
        return spec with
        {
            Name = declaration.Target.MessageName(),
            IsSkeleton = true,
            Aggregation = declaration.Kind.IsPerCpu ? [] : null,
        };
    }

    /// <summary>Gets whether the type satisfies the constraints of base classes. Otherwise the generated file would not compile.</summary>
    private static bool IsTypeArgument(ITypeSymbol? type)
    {
        if (type is null)
            return true;
        bool isStruct =
            type
                is INamedTypeSymbol
                {
                    TypeKind: TypeKind.Struct or TypeKind.Enum,
                    IsUnboundGenericType: false,
                    IsUnmanagedType: true,
                    IsRefLikeType: false
                }
            && type.SpecialType != SpecialType.System_Void
            && type.OriginalDefinition.SpecialType != SpecialType.System_Nullable_T;
        return isStruct
            && SymbolFacts.FindInName(
                type,
                static part => part is { TypeKind: TypeKind.Error or TypeKind.TypeParameter } or INamedTypeSymbol { IsFileLocal: true }
            )
                is null
            // The data of a trie key is a type argument itself.
            && (type is not INamedTypeSymbol { Name: "LpmKey", TypeArguments: { Length: 1 } arguments } || IsTypeArgument(arguments[0]));
    }
}
