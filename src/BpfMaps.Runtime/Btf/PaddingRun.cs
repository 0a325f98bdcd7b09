namespace BpfMaps.Metadata;

/// <summary>Bytes in a row that no field covers.</summary>
/// <param name="Offset">The first one, from the start of the type.</param>
/// <param name="Length">How many.</param>
internal readonly record struct PaddingRun(int Offset, int Length)
{
    /// <summary>Where the byte after the last one would be.</summary>
    public int End => Offset + Length;
}
