using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for values.</summary>
internal static class ValueRules
{
    /// <returns><see langword="null"/> for map types without declared values, or if an error was reported.</returns>
    public static ITypeSymbol? FindValue(MapDeclaration declaration)
    {
        if (declaration.Kind.Holds is { } held)
        {
            RefuseValue(declaration, held);
            return null;
        }
        ITypeSymbol? given = declaration.Attribute.Value;
        if (!declaration.IsClassForm)
        {
            if (given is not null && !SymbolEqualityComparer.Default.Equals(given, declaration.Target))
            {
                declaration.Reporter.Error(
                    DeclarationDescriptors.ValueOnStruct,
                    declaration.Attribute.LocationOf("Value"),
                    DiagnosticProperties.Of((DiagnosticProperties.Argument, "Value")),
                    declaration.Target.MessageName(),
                    given.MessageName()
                );
            }
            return declaration.Target;
        }
        if (given is not null)
            return given;
        bool isStruct = IsMeantAsStruct(declaration);
        declaration.Reporter.Error(
            DeclarationDescriptors.ValueMissing,
            declaration.Place,
            DiagnosticProperties.Of(
                (DiagnosticProperties.Argument, "Value"),
                (DiagnosticProperties.ArgumentValue, isStruct ? null : "typeof(ulong)"),
                (DiagnosticProperties.FieldTypeKind, isStruct ? "class" : null)
            ),
            declaration.Target.MessageName(),
            isStruct
                ? "declare it as a struct if its fields are the value, or make it partial and add 'Value = typeof(...)'"
                : "add 'Value = typeof(...)'"
        );
        return null;
    }

    /// <summary>Gets whether a class has fields but no value type, so that a struct was probably intended.</summary>
    public static bool IsMeantAsStruct(MapDeclaration declaration) =>
        declaration is { IsClassForm: true, Kind.Holds: null }
        && !declaration.Attribute.Has("Value")
        && !DeclarationRules.IsPartial(declaration.Target, declaration.Cancellation)
        && declaration.Target.GetMembers().Any(static m => m is IFieldSymbol { IsStatic: false, IsConst: false });

    public static void CheckLayout(MapDeclaration declaration, TypeLayout? value)
    {
        if (value is null)
            return;
        Location place = declaration.IsClassForm ? declaration.Attribute.LocationOfValue("Value") : declaration.Place;
        if (declaration.Kind.LargestValue is { } largest && value.Size > largest)
        {
            declaration.Reporter.Error(
                LayoutDescriptors.ValueTooLarge,
                place,
                DiagnosticProperties.Of(
                    (DiagnosticProperties.ActualSize, value.Size.Text()),
                    (DiagnosticProperties.ExpectedSize, largest.Text())
                ),
                value.DisplayName,
                value.Size.Text(),
                largest.Text(),
                declaration.Kind.Type.ToString()
            );
        }
        SpinLockRules.CheckValue(declaration, value, place);
        DeclaredSizeRules.Check(declaration, LayoutDescriptors.ValueSizeMismatch, "ValueSize", declaration.Attribute.ValueSize, value);
    }

    private static void RefuseValue(MapDeclaration declaration, string held)
    {
        MapAttribute attribute = declaration.Attribute;
        string kind = declaration.Kind.Type.ToString(),
            name = declaration.Target.MessageName();
        if (!declaration.IsClassForm)
            declaration.Reporter.Error(
                DeclarationDescriptors.ValueIsTheKernels,
                declaration.Place,
                kind,
                held,
                name,
                "is a struct, which would be the value: put the attribute on a partial class instead"
            );
        else if (attribute.Has("Value"))
            declaration.Reporter.Error(
                DeclarationDescriptors.ValueIsTheKernels,
                attribute.LocationOf("Value"),
                DiagnosticProperties.Of((DiagnosticProperties.Argument, "Value")),
                kind,
                held,
                name,
                "sets Value: remove it"
                    + (
                        declaration.Kind.Values == MapValueRule.Frames
                            ? $", and set ValueSize if stacks are not {KernelLimits.MostFrames.Text()} frames deep"
                            : ""
                    )
            );
        if (
            attribute.ValueSize is { } size
            && KernelValues.WhyRefused(declaration.Kind, attribute.Flags ?? BpfMapFlags.None, size) is { } expected
        )
            declaration.Reporter.Error(
                LayoutDescriptors.ValueSizeRefused,
                attribute.LocationOfValue("ValueSize"),
                name,
                size.Text(),
                kind,
                expected
            );
    }
}
