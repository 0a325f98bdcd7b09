using System.Globalization;

namespace BpfMaps.Metadata;

/// <summary>
/// A field without fields of its own, with its offset in the outermost type. A union is one leaf, because either side may name its members
/// differently. So are bitfields that share storage, which C# declares as that storage.
/// </summary>
/// <param name="Path">The names from the outermost type to the field: <c>Source.Ports[1].Number</c>. Empty for a key or value that is not a
/// struct.</param>
/// <param name="Offset">Bytes from the start of the outermost type.</param>
/// <param name="Kind">The kind of the element type.</param>
/// <param name="ElementSize">Bytes of one element.</param>
/// <param name="Count">The number of elements; 1 if it is not an array.</param>
/// <param name="ElementText">The name of the element type in its language.</param>
internal sealed record LayoutLeaf(string Path, int Offset, BpfTypeKind Kind, int ElementSize, int Count, string ElementText)
{
    /// <summary>The type name of bitfields.</summary>
    public const string Bits = "bits";

    public int Size => ElementSize * Count;

    public int End => Offset + Size;

    public bool IsOpaque => Kind == BpfTypeKind.Union;

    /// <summary>Whether it is an array of signed or unsigned bytes.</summary>
    public bool IsBytes => Count > 1 && ElementSize == 1;

    /// <summary>Whether its type is a number in network byte order: <c>Be32</c> in C#, <c>__be32</c> in C.</summary>
    public bool IsNetworkOrder =>
        Kind == BpfTypeKind.Unsigned && ElementText is "Be16" or "Be32" or "Be64" or "__be16" or "__be32" or "__be64";

    /// <summary>Whether it is an unsigned number without a type name that indicates a byte order.</summary>
    public bool IsPlainNumber => Kind == BpfTypeKind.Unsigned && ElementText is "u16" or "u32" or "u64";

    public string TypeText => Count == 1 ? ElementText : string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", ElementText, Count);

    /// <summary>The name and type, for messages: <c>'Bytes' (ulong)</c>.</summary>
    public string Text => Path.Length == 0 ? $"'{TypeText}'" : $"'{Path}' ({TypeText})";
}
