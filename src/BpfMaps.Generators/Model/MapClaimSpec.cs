namespace BpfMaps.Generators.Model;

/// <summary>A declaration for a map of an object: <c>[BpfMap(Object = ..., Name = ...)]</c>.</summary>
/// <param name="ClassName">The full name of the map class.</param>
/// <param name="IsPublic">Whether the class is public.</param>
internal sealed record MapClaimSpec(string Object, string Name, string ClassName, bool IsPublic);
