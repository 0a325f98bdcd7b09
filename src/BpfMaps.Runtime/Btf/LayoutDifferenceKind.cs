namespace BpfMaps.Metadata;

/// <summary>In what two layouts differ at one place.</summary>
internal enum LayoutDifferenceKind
{
    /// <summary>The types as a whole have different sizes.</summary>
    TotalSize,

    /// <summary>A field has another offset.</summary>
    Offset,

    /// <summary>A field, or an array's element, has another size.</summary>
    Size,

    /// <summary>The bytes mean something else: signed or not, integer or floating point.</summary>
    Meaning,

    /// <summary>An array has another number of elements.</summary>
    Count,

    /// <summary>A field that only one of the layouts has.</summary>
    Missing,
}
