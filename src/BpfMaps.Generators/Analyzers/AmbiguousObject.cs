using BpfMaps.Generators.Diagnostics;
using BpfMaps.Generators.Layouts;
using Microsoft.CodeAnalysis;

namespace BpfMaps.Generators.Analyzers;

/// <summary>A name that fits several objects of a project.</summary>
internal static class AmbiguousObject
{
    /// <param name="place">Where the name is.</param>
    /// <param name="name">The name.</param>
    /// <param name="layoutPaths">The descriptions of the objects that it fits.</param>
    public static Diagnostic Report(Location? place, string name, IReadOnlyList<string> layoutPaths)
    {
        string[] names = [.. ObjectFiles.ShortestNames(layoutPaths)];
        return Diagnostic.Create(ObjectDescriptors.ObjectAmbiguous, place, name, names.Length.Text(), string.Join(", ", names.Select(static shortest => $"'{shortest}'")), names[0]);
    }
}
