using BpfMaps.Generators.Layouts;
using BpfMaps.Generators.Model;
using BpfMaps.Generators.Utilities;

namespace BpfMaps.Generators.Objects;

/// <summary>The input of the emitters for one object.</summary>
/// <param name="Claims">The user's declarations for maps of the object.</param>
/// <param name="IsEmbedded">Whether the object is a resource of the assembly.</param>
internal sealed record ObjectCodeSpec(ObjectSpec Spec, LayoutFile Layout, EquatableArray<MapClaimSpec> Claims, bool IsEmbedded = false);
