namespace BpfMaps.Tool.Fields;

/// <summary>The way in which people write and read a field.</summary>
internal enum FieldForm
{
    /// <summary>Bytes without a known type, or an integer of more than 8 bytes: hexadecimal digits.</summary>
    Bytes,

    Number,

    /// <summary>A number in network byte order.</summary>
    BigEndian,

    Float,

    Boolean,

    /// <summary>The name of a constant, or a number.</summary>
    Enumeration,

    /// <summary>An array of <c>char</c>.</summary>
    Text,

    /// <summary>An IPv4 or IPv6 address of 4 or 16 bytes, in network byte order.</summary>
    Address,

    /// <summary>A hardware (MAC) address of 6 bytes.</summary>
    HardwareAddress,

    /// <summary>The key of a trie over addresses: <c>10.0.0.0/8</c>.</summary>
    Prefix,

    /// <summary>A struct or union: its fields.</summary>
    Fields,

    /// <summary>An array: its elements.</summary>
    Elements,
}
