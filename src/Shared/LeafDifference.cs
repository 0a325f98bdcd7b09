namespace BpfMaps.Metadata;

/// <summary>A difference between a declaration and what the kernel or an object has.</summary>
/// <param name="Kind">The kind of the difference.</param>
/// <param name="Mine">The declared field; <see langword="null"/> if only the other side has the field.</param>
/// <param name="Theirs">The field of the other side; <see langword="null"/> if only the declaration has the field.</param>
internal sealed record LeafDifference(LayoutDifferenceKind Kind, LayoutLeaf? Mine, LayoutLeaf? Theirs)
{
    /// <summary>The first offset at which the sides differ.</summary>
    public int Offset => Math.Min(Mine?.Offset ?? int.MaxValue, Theirs?.Offset ?? int.MaxValue);
}
