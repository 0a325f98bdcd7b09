namespace BpfMaps.Metadata;

/// <summary>A parameter of a function in BTF.</summary>
/// <param name="Name">The name; empty where the declaration has none.</param>
/// <param name="TypeId">The id of its type; 0 in the last place stands for <c>...</c>.</param>
internal readonly record struct BtfParameter(string Name, uint TypeId);
