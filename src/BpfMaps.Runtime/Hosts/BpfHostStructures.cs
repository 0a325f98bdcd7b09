using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>What a host is asked to create (BPF_MAP_CREATE). Checked by nobody yet: the host answers EINVAL where the kernel would.</summary>
internal readonly ref struct BpfMapCreateArguments
{
    /// <summary>The kind of the map.</summary>
    public required BpfMapType Type { get; init; }

    /// <summary>Bytes of a key; 0 for kinds without one.</summary>
    public required uint KeySize { get; init; }

    /// <summary>Bytes of a value.</summary>
    public required uint ValueSize { get; init; }

    /// <summary>The capacity in elements, or bytes for rings.</summary>
    public required uint MaxEntries { get; init; }

    /// <summary>Creation flags.</summary>
    public BpfMapFlags Flags { get; init; }

    /// <summary>The name, at most 15 ASCII bytes without a NUL; empty for none.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>The NUMA node; counts only with <see cref="BpfMapFlags.NumaNode"/>.</summary>
    public uint NumaNode { get; init; }

    /// <summary>What <c>map_extra</c> means for the kind, such as the number of hash functions of a bloom filter.</summary>
    public ulong MapExtra { get; init; }

    /// <summary>The network interface of an offloaded map, or 0.</summary>
    public uint InterfaceIndex { get; init; }

    /// <summary>The template of the inner maps, for maps of maps.</summary>
    public SafeHandle? InnerMap { get; init; }

    /// <summary>The BTF that describes key and value, from <see cref="BpfHost.LoadBtf"/>.</summary>
    public SafeHandle? Btf { get; init; }

    /// <summary>The key's type in <see cref="Btf"/>, or 0.</summary>
    public uint BtfKeyTypeId { get; init; }

    /// <summary>The value's type in <see cref="Btf"/>, or 0.</summary>
    public uint BtfValueTypeId { get; init; }

    /// <summary>The value's type in the kernel's own BTF (struct_ops), or 0.</summary>
    public uint BtfVmlinuxValueTypeId { get; init; }
}

/// <summary>What a host answers about a map: the layout of the kernel's <c>struct bpf_map_info</c> (BPF_OBJ_GET_INFO_BY_FD, Linux 4.13).</summary>
/// <remarks>Fields that a kernel does not know yet stay 0.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct BpfMapInfoData
{
    /// <summary>The kind of the map.</summary>
    [FieldOffset(0)] public uint Type;

    /// <summary>The map's id.</summary>
    [FieldOffset(4)] public uint Id;

    /// <summary>Bytes of a key.</summary>
    [FieldOffset(8)] public uint KeySize;

    /// <summary>Bytes of a value.</summary>
    [FieldOffset(12)] public uint ValueSize;

    /// <summary>The capacity.</summary>
    [FieldOffset(16)] public uint MaxEntries;

    /// <summary>Creation flags.</summary>
    [FieldOffset(20)] public uint Flags;

    /// <summary>The name, NUL-padded.</summary>
    [FieldOffset(24)] public BpfObjectName Name;

    /// <summary>The network interface of an offloaded map.</summary>
    [FieldOffset(40)] public uint InterfaceIndex;

    /// <summary>The value's type in the kernel's own BTF.</summary>
    [FieldOffset(44)] public uint BtfVmlinuxValueTypeId;

    /// <summary>The device of the network namespace of an offloaded map.</summary>
    [FieldOffset(48)] public ulong NetworkNamespaceDevice;

    /// <summary>The inode of the network namespace of an offloaded map.</summary>
    [FieldOffset(56)] public ulong NetworkNamespaceInode;

    /// <summary>The id of the map's BTF, or 0.</summary>
    [FieldOffset(64)] public uint BtfId;

    /// <summary>The key's type in that BTF, or 0.</summary>
    [FieldOffset(68)] public uint BtfKeyTypeId;

    /// <summary>The value's type in that BTF, or 0.</summary>
    [FieldOffset(72)] public uint BtfValueTypeId;

    /// <summary>The id of the kernel BTF that <see cref="BtfVmlinuxValueTypeId"/> is in.</summary>
    [FieldOffset(76)] public uint BtfVmlinuxId;

    /// <summary>What <c>map_extra</c> means for the kind.</summary>
    [FieldOffset(80)] public ulong MapExtra;
}

/// <summary>A name as the kernel keeps it: at most 15 bytes, NUL-padded to 16 (BPF_OBJ_NAME_LEN).</summary>
[InlineArray(16)]
internal struct BpfObjectName
{
    private byte _first;
}

