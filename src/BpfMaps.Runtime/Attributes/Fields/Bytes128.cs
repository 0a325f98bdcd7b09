using System.Runtime.CompilerServices;

namespace BpfMaps;

// One file for all sizes: they are one concept, the predefined sizes for BpfText and for plain byte fields.
#pragma warning disable CA1815 // Inline arrays do not define equality; compare the spans.

/// <summary>A buffer of 128 bytes: <c>__u8 x[128]</c>, or the bytes of a <see cref="BpfText{TBytes}"/> (<c>char x[128]</c>).</summary>
[InlineArray(128)]
public struct Bytes128
{
    private byte _first;
}
