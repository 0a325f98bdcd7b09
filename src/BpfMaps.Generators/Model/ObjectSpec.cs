using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>A class with <c>[BpfObject]</c>.</summary>
/// <remarks>Part of the pipeline's model: immutable, structurally equal, without Roslyn types.</remarks>
/// <param name="MetadataName">With <c>+</c> before nested types.</param>
/// <param name="Namespace">Escaped; empty for the global namespace.</param>
/// <param name="Containers">The headers of the containing types, outermost first.</param>
/// <param name="ClassName">Escaped.</param>
/// <param name="FullName"><c>global::</c>-qualified and escaped.</param>
/// <param name="Path">The path of the object file, relative to the application.</param>
/// <param name="Types">The names of types to generate even if no map or variable uses them.</param>
internal sealed record ObjectSpec(
    string MetadataName,
    string Namespace,
    EquatableArray<string> Containers,
    string ClassName,
    string FullName,
    string Path,
    EquatableArray<string> Types = default
);
