namespace BpfMaps;

/// <summary>The values that a map type has.</summary>
internal enum MapValueRule
{
    /// <summary>Values of any type.</summary>
    Any,

    /// <summary>Records of a stream, whose size the kernel does not know. <c>value_size</c> is 4 or 0.</summary>
    Record,

    /// <summary>A file descriptor when written and an id when read, in 4 bytes.</summary>
    Descriptor,

    /// <summary>A device or CPU, in 8 bytes with a program or 4 bytes without one.</summary>
    Target,

    /// <summary>A descriptor when written and a cookie when read, in 8 bytes, or in 4 bytes without lookups.</summary>
    Socket,

    /// <summary>The frames of a stack.</summary>
    Frames,

    /// <summary>No values, but memory: <c>value_size</c> is 0.</summary>
    Memory,
}
