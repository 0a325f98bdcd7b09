using System.Collections.Immutable;
using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Utilities;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Parsing;

/// <summary>Rules for map names.</summary>
internal static class NameRules
{
    public static string Check(MapDeclaration declaration)
    {
        string? given = declaration.Attribute.Name;
        string name = given ?? MapNames.FromTypeName(declaration.Target.Name);
        if (!MapNames.IsValid(name))
        {
            string nearest = MapNames.Nearest(name);
            declaration.Reporter.Error(
                DeclarationDescriptors.NameInvalid,
                PlaceOf(declaration),
                Suggest(nearest),
                name,
                WhyNot(name),
                nearest
            );
        }
        return name;
    }

    /// <summary>Checks the length of a name. The parser does not report it, because maps of objects may have longer names.</summary>
    public static Diagnostic? CheckLength(MapDeclaration declaration, string name)
    {
        if (name.Length <= KernelLimits.LongestName)
            return null;
        string nearest = MapNames.Nearest(name);
        return Diagnostic.Create(DeclarationDescriptors.NameInvalid, PlaceOf(declaration), Suggest(nearest), name, WhyNot(name), nearest);
    }

    private static Location PlaceOf(MapDeclaration declaration) =>
        declaration.Attribute.Name is null ? declaration.Place : declaration.Attribute.LocationOfValue("Name");

    private static ImmutableDictionary<string, string?> Suggest(string name) =>
        DiagnosticProperties.Of((DiagnosticProperties.Argument, "Name"), (DiagnosticProperties.ArgumentValue, $"\"{name}\""));

    private static string WhyNot(string name)
    {
        if (name.Length == 0)
            return "it is empty";
        if (name.Length > KernelLimits.LongestName)
            return $"it has {name.Length.Text()} characters, but map names have at most {KernelLimits.LongestName.Text()}, unless they are names of maps in a BPF object of this project";
        return $"'{name.First(static c => !MapNames.IsAllowed(c))}' is not one of [A-Za-z0-9_.]";
    }
}
