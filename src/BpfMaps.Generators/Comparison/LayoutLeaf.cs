using System.Globalization;
using BpfMaps.Generators.Model;

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

    public string TypeText => Count == 1 ? ElementText : string.Format(CultureInfo.InvariantCulture, "{0}[{1}]", ElementText, Count);

    /// <summary>Name and type for messages: <c>'Bytes' (ulong)</c>.</summary>
    public string Text => Path.Length == 0 ? $"'{TypeText}'" : $"'{Path}' ({TypeText})";
}
