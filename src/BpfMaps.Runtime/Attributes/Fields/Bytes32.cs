using System.Runtime.CompilerServices;

namespace BpfMaps;

// One file for all sizes: they are one concept, the predefined sizes for BpfText and for plain byte fields.
#pragma warning disable CA1815 // Inline arrays do not define equality; compare the spans.

/// <summary>A buffer of 32 bytes: <c>__u8 x[32]</c>, or the bytes of a <see cref="BpfText{TBytes}"/> (<c>char x[32]</c>).</summary>
[InlineArray(32)]
public struct Bytes32
{
    private byte _first;
}
