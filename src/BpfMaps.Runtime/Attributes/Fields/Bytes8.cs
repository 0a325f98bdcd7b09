using System.Runtime.CompilerServices;

namespace BpfMaps;

// One file for all sizes: they are one concept, the predefined sizes for BpfText and for plain byte fields.
#pragma warning disable CA1815 // Inline arrays do not define equality; compare the spans.

/// <summary>A buffer of 8 bytes: <c>__u8 x[8]</c>, or the bytes of a <see cref="BpfText{TBytes}"/> (<c>char x[8]</c>).</summary>
[InlineArray(8)]
public struct Bytes8
{
    private byte _first;
}
