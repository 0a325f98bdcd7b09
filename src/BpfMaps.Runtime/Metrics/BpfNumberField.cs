using System.ComponentModel;

namespace BpfMaps.Metadata;

/// <summary>A number in a key or value, or an array of them.</summary>
/// <param name="Offset">Where it starts, in bytes.</param>
/// <param name="Kind">Unsigned, signed or floating point.</param>
/// <param name="Size">The bytes of one number: 1, 2, 4 or 8.</param>
/// <param name="Count">How many there are, one after the other.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct BpfNumberField(int Offset, BpfTypeKind Kind, int Size, int Count = 1);
