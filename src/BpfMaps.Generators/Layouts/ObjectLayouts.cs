using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace BpfMaps.Generators.Layouts;

/// <summary>The objects that the <c>.layout</c> files of a compilation describe.</summary>
internal sealed class ObjectLayouts(ImmutableArray<ObjectLayout> all)
{
    /// <summary>All objects, in the order of their paths.</summary>
    public ImmutableArray<ObjectLayout> All { get; } = all;

    public bool AnyUnreadable => All.Any(static o => o.File is null);

#pragma warning disable RS1012 // The callers register the actions.
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

    /// <summary>Finds the objects that a name matches: one, unless the name is unknown or ambiguous.</summary>
    public IEnumerable<ObjectLayout> Named(string name) => ObjectFileNames.FindAll(All, static layout => layout.Path, name);

    /// <summary>Finds the maps that a declaration may refer to.</summary>
    /// <param name="objectName">The object file that the declaration names; <see langword="null"/> to search all objects.</param>
    public IEnumerable<ObjectMap> MapsFor(string? objectName, string mapName) =>
        (objectName is null ? All : Named(objectName)).Select(o => ObjectMap.Find(o, mapName)).OfType<ObjectMap>();
}
