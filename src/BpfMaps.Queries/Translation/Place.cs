using BpfMaps.Metadata;
using BpfMaps.Queries.Questions;

namespace BpfMaps.Queries.Translation;

/// <summary>Where a field is in an element.</summary>
/// <param name="Part">The part of the element.</param>
/// <param name="Offset">The offset in the part in bytes.</param>
/// <param name="Layout">The type; for an array, the type of its elements.</param>
/// <param name="Count">The number of elements of an array; 0 if the field is not an array.</param>
internal readonly record struct Place(Part Part, int Offset, BpfTypeLayout Layout, int Count)
{
    /// <summary>Gets the size of the field in bytes.</summary>
    public int Size => Layout.Size * Math.Max(Count, 1);
}
