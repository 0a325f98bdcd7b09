using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for <c>KeySize</c> and <c>ValueSize</c>.</summary>
internal static class DeclaredSizeRules
{
    /// <param name="declared">The declared size, or <see langword="null"/>.</param>
    public static void Check(MapDeclaration declaration, DiagnosticDescriptor descriptor, string argument, int? declared, TypeLayout layout)
    {
        if (declared is not { } size || size == layout.Size || declaration.IgnoresSizes)
            return;
        declaration.Reporter.Error(
            descriptor,
            declaration.Attribute.LocationOfValue(argument),
            DiagnosticProperties.Of(
                (DiagnosticProperties.Argument, argument),
                (DiagnosticProperties.ArgumentValue, layout.Size.Text()),
                (DiagnosticProperties.ActualSize, layout.Size.Text()),
                (DiagnosticProperties.ExpectedSize, size.Text()),
                (DiagnosticProperties.TypeName, layout.DisplayName)
            ),
            layout.DisplayName,
            layout.Size.Text(),
            size.Text(),
            LayoutDescription.Fields(layout)
        );
    }
}
