using BpfMaps.Generators.Model;

namespace BpfMaps.Generators.Queries;

/// <summary>A field that a query names.</summary>
/// <param name="Layout">The type; for an array, the type of its elements.</param>
/// <param name="Count">The number of elements of an array; 0 if the field is not an array.</param>
internal sealed record QueryPlace(TypeLayout Layout, int Count)
{
    public int Size => Layout.Size * Math.Max(Count, 1);
}
