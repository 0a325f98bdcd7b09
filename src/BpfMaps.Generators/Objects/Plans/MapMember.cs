using BpfMaps.Generators.Layouts;

namespace BpfMaps.Generators.Objects;

/// <summary>A map as a member of the object's class.</summary>
/// <param name="ClassName">The map class, which is nested or declared by the user.</param>
/// <param name="Types">The types of the nested class; <see langword="null"/> without a nested class.</param>
/// <param name="Problem">The reason if it is opened as a <c>RawMap</c>.</param>
/// <param name="Inner">For maps of maps, the nested class of the inner maps, which has no property.</param>
internal sealed record MapMember(
    string Name,
    LayoutMap Map,
    string ClassName,
    bool IsPublic,
    ObjectMapTypes? Types,
    string? Problem,
    MapMember? Inner = null
);
