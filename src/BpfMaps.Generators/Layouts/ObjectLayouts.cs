using System.Collections.Immutable;
using BpfMaps.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Layouts;

/// <summary>The objects that a compilation's additional files describe.</summary>
internal sealed class ObjectLayouts(ImmutableArray<ObjectLayout> all)
{
    /// <summary>All, in the order of their paths.</summary>
    public ImmutableArray<ObjectLayout> All { get; } = all;

    public bool AnyUnreadable => All.Any(static o => o.File is null);

#pragma warning disable RS1012 // Its callers register the actions.
    public static ObjectLayouts Read(CompilationStartAnalysisContext context)
#pragma warning restore RS1012
    {
        List<ObjectLayout> layouts = [];
        foreach (AdditionalText file in context.Options.AdditionalFiles)
        {
            if (ObjectLayout.IsLayout(file) && context.TryGetValue(file, ObjectLayout.Provider, out ObjectLayout? layout))
                layouts.Add(layout);
        }
        return new([.. layouts.OrderBy(static l => l.Path, StringComparer.Ordinal)]);
    }

    /// <summary>The objects that a name fits: one, unless it is ambiguous or there is none.</summary>
    public IEnumerable<ObjectLayout> Named(string name) => ObjectFiles.FindAll(All, static layout => layout.Path, name);

    /// <summary>The maps that a declaration may be for.</summary>
    /// <param name="objectName">The object's file that it names; <see langword="null"/> if any may be meant.</param>
    public IEnumerable<ObjectMap> MapsFor(string? objectName, string mapName) =>
        (objectName is null ? All : Named(objectName)).Select(o => ObjectMap.Find(o, mapName)).OfType<ObjectMap>();
}

/// <summary>A map of an object.</summary>
/// <param name="Section">The variables that are the map's one value, if it is a section of variables.</param>
internal sealed record ObjectMap(ObjectLayout Object, LayoutMap Map, LayoutSection? Section)
{
    /// <summary>The map or section of variables that a declaration's name means.</summary>
    public static ObjectMap? Find(ObjectLayout layout, string name)
    {
        if (layout.File is not { } file)
            return null;
        if (file.FindMap(name) is { } map)
            return new(layout, map, null);
        return file.Sections.FirstOrDefault(s => s.Name == name) is { } section ? new(layout, MapOf(section), section) : null;
    }

    // A loader makes a section an array with one element, whose value is the section.
    private static LayoutMap MapOf(LayoutSection section) => new(
        section.Name, MapType.Array, null, 4, null, section.Size, 1, section.Flags, Pinning: 0, MapExtra: 0, NumaNode: null, KeyProblem: null, ValueProblem: null, Inner: null);
}
