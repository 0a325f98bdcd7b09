using BpfMaps.Generators.Diagnostics;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for <c>Record</c>.</summary>
internal static class RecordRules
{
    private const string Argument = "Record";

    public static void Check(MapDeclaration declaration)
    {
        if (declaration.Kind.IsStream || !declaration.Attribute.Has(Argument))
            return;
        declaration.Reporter.Error(
            ObjectTypeDescriptors.RecordOnOtherMap,
            declaration.Attribute.LocationOf(Argument),
            DiagnosticProperties.Of((DiagnosticProperties.Argument, Argument)),
            declaration.Target.MessageName(),
            declaration.Kind.Type.ToString()
        );
    }
}
