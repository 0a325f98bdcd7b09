namespace BpfMaps.Metadata;

/// <summary>Kinds of differences between two layouts.</summary>
internal enum LayoutDifferenceKind
{
    /// <summary>The types as a whole have different sizes.</summary>
    TotalSize,

    /// <summary>A field has another offset.</summary>
    Offset,

    /// <summary>A field or array element has another size.</summary>
    Size,

    /// <summary>The bytes have another meaning: signed or unsigned, integer or floating point.</summary>
    Meaning,

    /// <summary>An array has another number of elements.</summary>
    Count,

    /// <summary>A number is in network byte order on one side only.</summary>
    ByteOrder,

    /// <summary>Only one of the layouts has the field.</summary>
    Missing,
}
