using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Parsing;

/// <summary>The map's name in the kernel.</summary>
internal static class NameRules
{
    public static string Check(MapDeclaration declaration)
    {
        string? given = declaration.Attribute.Name;
        string name = given ?? MapNames.FromTypeName(declaration.Target.Name);
        if (MapNames.IsValid(name))
            return name;
        string nearest = MapNames.Nearest(name);
        declaration.Reporter.Error(
            DeclarationDescriptors.NameInvalid,
            given is null ? declaration.Place : declaration.Attribute.LocationOfValue("Name"),
            Properties.Of((DiagnosticProperties.Argument, "Name"), (DiagnosticProperties.ArgumentValue, $"\"{nearest}\"")),
            name,
            WhyNot(name),
            nearest);
        return name;
    }

    private static string WhyNot(string name)
    {
        if (name.Length == 0)
            return "it is empty";
        if (name.Length > MapNames.MaxLength)
            return $"it has {name.Length.Text()} characters, and {MapNames.MaxLength.Text()} is the most";
        return $"'{name.First(static c => !MapNames.IsAllowed(c))}' is not one of [A-Za-z0-9_.]";
    }
}
