namespace BpfMaps.Metadata;

/// <summary>The two sections of BTF after its header (<c>struct btf_header</c>).</summary>
internal readonly record struct BtfSections(FileView Types, FileView Strings)
{
    public const ushort Magic = 0xeb9f;
    public const int HeaderSize = 24;

    public static BtfSections Read(FileView data)
    {
        const string what = "the header of BTF, 24 bytes";
        data = data.WithByteOrder(isBigEndian: false);
        ushort magic = data.UInt16(0, what);
        if (magic != Magic)
            data = data.WithByteOrder(isBigEndian: true);
        if (data.UInt16(0, what) != Magic)
            data.Throw(0, $"expected the first bytes of BTF, 0x{Magic:x}, found 0x{magic:x}");

        byte version = data.Slice(2, 1, "the version of BTF").Span[0];
        if (version != 1)
            data.Throw(2, $"expected version 1 of BTF, found {version}");
        uint headerLength = data.UInt32(4, what);
        if (headerLength < HeaderSize || headerLength > (uint)data.Length)
            data.Throw(4, $"expected a header of {HeaderSize} to {data.Length} bytes, found one of {headerLength}");

        FileView body = data.Slice(headerLength, (ulong)data.Length - headerLength, "what follows the header");
        uint typesOffset = data.UInt32(8, what);
        if (typesOffset % 4 != 0)
            data.Throw(8, $"expected the types at a multiple of 4, found them at {typesOffset}");
        FileView types = body.Slice(typesOffset, data.UInt32(12, what), "the types of BTF");
        FileView strings = body.Slice(data.UInt32(16, what), data.UInt32(20, what), "the strings of BTF");
        if (strings.Length == 0 || strings.Span[0] != 0 || strings.Span[^1] != 0)
            data.Throw(20, "expected strings that begin and end with a NUL");
        return new(types, strings);
    }
}
