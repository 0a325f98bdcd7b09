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

/// <summary>A buffer of 16 bytes: <c>__u8 x[16]</c>, or the bytes of a <see cref="BpfText{TBytes}"/> (<c>char x[16]</c>).</summary>
[InlineArray(16)]
public struct Bytes16
{
    private byte _first;
}

/// <summary>A buffer of 32 bytes: <c>__u8 x[32]</c>, or the bytes of a <see cref="BpfText{TBytes}"/> (<c>char x[32]</c>).</summary>
[InlineArray(32)]
public struct Bytes32
{
    private byte _first;
}

/// <summary>A buffer of 64 bytes: <c>__u8 x[64]</c>, or the bytes of a <see cref="BpfText{TBytes}"/> (<c>char x[64]</c>).</summary>
[InlineArray(64)]
public struct Bytes64
{
    private byte _first;
}

/// <summary>A buffer of 128 bytes: <c>__u8 x[128]</c>, or the bytes of a <see cref="BpfText{TBytes}"/> (<c>char x[128]</c>).</summary>
[InlineArray(128)]
public struct Bytes128
{
    private byte _first;
}

/// <summary>A buffer of 256 bytes: <c>__u8 x[256]</c>, or the bytes of a <see cref="BpfText{TBytes}"/> (<c>char x[256]</c>).</summary>
[InlineArray(256)]
public struct Bytes256
{
    private byte _first;
}
