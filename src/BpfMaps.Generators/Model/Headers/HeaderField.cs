namespace BpfMaps.Generators.Model;

/// <summary>A field of a <see cref="HeaderType"/>.</summary>
/// <param name="Name">The C name.</param>
/// <param name="Count">The number of elements of an array; 0 if the field is not an array.</param>
/// <param name="Summary">The summary of its documentation; empty if there is none.</param>
internal sealed record HeaderField(string Name, int Offset, CTypeUse Type, int Count, string Summary)
{
    public int End => Offset + (Type.Size * Math.Max(Count, 1));
}
