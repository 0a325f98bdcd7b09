namespace BpfMaps.Generators.Model;

/// <summary>The <c>BpfMapFlags</c> of the runtime library, which the generator cannot reference. A test compares the two.</summary>
[Flags]
internal enum MapFlags : uint
{
    None = 0,
    NoPrealloc = 1u << 0,
    NoCommonLru = 1u << 1,
    NumaNode = 1u << 2,
    ReadOnly = 1u << 3,
    WriteOnly = 1u << 4,
    StackBuildId = 1u << 5,
    ZeroSeed = 1u << 6,
    ReadOnlyProgram = 1u << 7,
    WriteOnlyProgram = 1u << 8,
    Clone = 1u << 9,
    Mmapable = 1u << 10,
    PreserveElements = 1u << 11,
    InnerMap = 1u << 12,
    Link = 1u << 13,
    ValueTypeBtfObject = 1u << 15,
    Token = 1u << 16,
    SegvOnFault = 1u << 17,
    NoUserConversion = 1u << 18,

    /// <summary>BPF_F_ACCESS_MASK.</summary>
    Access = ReadOnly | WriteOnly | ReadOnlyProgram | WriteOnlyProgram,
}
