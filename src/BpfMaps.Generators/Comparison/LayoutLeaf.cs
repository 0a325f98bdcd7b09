using System.Globalization;
using BpfMaps.Generators.Model;
using BpfMaps.Metadata;

namespace BpfMaps.Generators.Comparison;

/// <summary>
/// A field that has no fields of its own, with its place in the outermost type. Unions count as one, since either side may name their members otherwise; so
/// do bitfields that share storage, which C# declares as that storage.
/// </summary>
/// <param name="Path">The names from the outermost type to the field: <c>Source.Ports[1].Number</c>. Empty for a key or value that is no struct.</param>
/// <param name="Offset">Bytes from the start of the outermost type.</param>
/// <param name="ElementSize">Bytes of one element.</param>
/// <param name="Count">The number of elements; 1 where it is no array.</param>
/// <param name="ElementText">What its own language calls the type of an element.</param>
internal sealed record LayoutLeaf(string Path, int Offset, TypeKindInBtf Kind, int ElementSize, int Count, string ElementText) : ILayoutLeaf
{
    /// <summary>What bitfields are called where their types would stand.</summary>
    public const string Bits = "bits";

    public int Size => ElementSize * Count;

    public int End => Offset + Size;

    public bool IsOpaque => Kind == TypeKindInBtf.Union;

    /// <summary>Whether it is an array of bytes, of whatever sign.</summary>
    public bool IsBytes => Count > 1 && ElementSize == 1;

    /// <summary>Whether it is a number whose type says that it is in network order: <c>Be32</c> in C#, <c>__be32</c> in C.</summary>
    public bool IsNetworkOrder => Kind == TypeKindInBtf.Unsigned && ElementText is "Be16" or "Be32" or "Be64" or "__be16" or "__be32" or "__be64";

    /// <summary>Whether C has no other name for the number than one that says its size.</summary>
    public bool IsPlainNumber => Kind == TypeKindInBtf.Unsigned && ElementText is "u16" or "u32" or "u64";

    public string TypeText => Count == 1 ? ElementText : string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", ElementText, Count);

    /// <summary>Name and type for messages: <c>'Bytes' (ulong)</c>.</summary>
    public string Text => Path.Length == 0 ? $"'{TypeText}'" : $"'{Path}' ({TypeText})";
}
