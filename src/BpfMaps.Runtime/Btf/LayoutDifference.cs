namespace BpfMaps.Metadata;

/// <summary>A difference between two layouts, as text.</summary>
/// <param name="Kind">In what they differ.</param>
/// <param name="Message">What is there and what was expected, with names, sizes and offsets.</param>
internal readonly record struct LayoutDifference(LayoutDifferenceKind Kind, string Message)
{
    public override string ToString() => Message;
}
