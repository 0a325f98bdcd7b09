using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Says that <c>KeySize</c> or <c>ValueSize</c> is not the size of its type.</summary>
internal static class SizeMismatch
{
    public static void Report(MapDeclaration declaration, DiagnosticDescriptor descriptor, string argument, TypeLayout layout, int declared) =>
        declaration.Reporter.Error(
            descriptor,
            declaration.Attribute.LocationOfValue(argument),
            Properties.Of(
                (DiagnosticProperties.Argument, argument),
                (DiagnosticProperties.ArgumentValue, layout.Size.Text()),
                (DiagnosticProperties.ActualSize, layout.Size.Text()),
                (DiagnosticProperties.ExpectedSize, declared.Text()),
                (DiagnosticProperties.TypeName, layout.DisplayName)),
            layout.DisplayName,
            layout.Size.Text(),
            declared.Text(),
            LayoutText.Fields(layout));
}
