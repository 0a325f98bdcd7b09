namespace BpfMaps.Metadata;

/// <summary>
/// A field that has no fields of its own, with its place in the outermost type. Unions count as one, since either side may name their
/// members otherwise.
/// </summary>
/// <param name="Path">The names from the outermost type to the field: <c>Key.SourcePort</c>.</param>
/// <param name="Offset">Bytes from the start of the outermost type.</param>
/// <param name="Type">A scalar or a union.</param>
/// <param name="Count">Number of elements, 1 where it is no array.</param>
internal readonly record struct LayoutLeaf(string Path, int Offset, BpfTypeLayout Type, int Count) : ILayoutLeaf
{
    public int Size => Type.Size * Count;

    public int End => Offset + Size;

    public bool IsOpaque => Type.Kind == BpfTypeKind.Union;

    /// <summary>Gets whether it is an array of bytes, of whatever sign.</summary>
    public bool IsBytes => Count > 1 && Type.Size == 1;

    public string TypeText => Count == 1 ? Type.ShortName : $"{Type.ShortName}[{Count}]";
}
