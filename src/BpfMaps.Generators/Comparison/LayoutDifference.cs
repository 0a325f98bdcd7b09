namespace BpfMaps.Generators.Comparison;

/// <summary>A difference between a declaration and an object.</summary>
/// <param name="Mine">The C# field; <see langword="null"/> if only C has the field.</param>
/// <param name="Theirs">The C field; <see langword="null"/> if only C# has the field.</param>
internal sealed record LayoutDifference(LayoutDifferenceKind Kind, LayoutLeaf? Mine, LayoutLeaf? Theirs)
{
    /// <summary>The first offset at which the sides differ.</summary>
    public int Offset => Math.Min(Mine?.Offset ?? int.MaxValue, Theirs?.Offset ?? int.MaxValue);
}
