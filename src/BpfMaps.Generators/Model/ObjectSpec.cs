using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Model;

/// <summary>A class that stands for a BPF object, as the user declares it.</summary>
/// <remarks>Part of the pipeline's model: immutable, structurally equal, and without anything of Roslyn's inside.</remarks>
/// <param name="MetadataName">With <c>+</c> before nested types.</param>
/// <param name="Namespace">Escaped; empty for the global namespace.</param>
/// <param name="Containers">The headers of the containing types, outermost first.</param>
/// <param name="ClassName">Escaped.</param>
/// <param name="FullName"><c>global::</c>-qualified and escaped.</param>
/// <param name="Path">The object's file, relative to the application.</param>
/// <param name="Types">The names of types that are generated although no map or variable is of them.</param>
internal sealed record ObjectSpec(
    string MetadataName, string Namespace, EquatableArray<string> Containers, string ClassName, string FullName, string Path, EquatableArray<string> Types = default);

/// <summary>A <c>.layout</c> file.</summary>
/// <param name="Path">Where it is, with slashes.</param>
/// <param name="Layout"><see langword="null"/> where it was refused.</param>
internal sealed record LayoutInput(string Path, LayoutFile? Layout);

/// <summary>All that the emitters need to know of one object.</summary>
/// <param name="Claims">The user's own declarations for maps of it.</param>
internal sealed record ObjectInput(ObjectSpec Spec, LayoutFile Layout, EquatableArray<MapClaim> Claims);
