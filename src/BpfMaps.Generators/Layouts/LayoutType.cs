using BpfMaps.Generators.Utilities;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Layouts;

/// <summary>A struct, a union or an enumeration.</summary>
/// <param name="Token">The word that refers to it: <c>struct:flow_key</c>.</param>
/// <param name="Name">Its C name, or the place of an anonymous type.</param>
/// <param name="Remark">A problem of the type, as a part of a sentence.</param>
internal sealed record LayoutType(
    string Token,
    string Name,
    BpfTypeKind Kind,
    int Size,
    int Alignment,
    EquatableArray<LayoutField> Fields,
    EquatableArray<LayoutConstant> Constants,
    string? Remark = null
);
