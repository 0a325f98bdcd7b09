using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The arguments of BPF_MAP_CREATE. They are unchecked: the host returns EINVAL where the kernel does.</summary>
internal readonly ref struct BpfMapCreateArguments
{
    /// <summary>Gets the map type.</summary>
    public required BpfMapType Type { get; init; }

    /// <summary>Gets the size of a key in bytes; 0 for map types without keys.</summary>
    public required uint KeySize { get; init; }

    /// <summary>Gets the size of a value in bytes.</summary>
    public required uint ValueSize { get; init; }

    /// <summary>Gets the capacity in elements; in bytes for rings.</summary>
    public required uint MaxEntries { get; init; }

    /// <summary>Creation flags.</summary>
    public BpfMapFlags Flags { get; init; }

    /// <summary>Gets the name, at most 15 ASCII bytes without a NUL; empty for none.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>Gets the NUMA node; ignored without <see cref="BpfMapFlags.NumaNode"/>.</summary>
    public uint NumaNode { get; init; }

    /// <summary>Gets the <c>map_extra</c> of the map, for example the number of hash functions of a bloom filter.</summary>
    public ulong MapExtra { get; init; }

    /// <summary>Gets the network interface of an offloaded map, or 0.</summary>
    public uint InterfaceIndex { get; init; }

    /// <summary>Gets the template of the inner maps, for maps of maps.</summary>
    public SafeHandle? InnerMap { get; init; }

    /// <summary>Gets the BTF that describes key and value, from <see cref="BpfHost.LoadBtf"/>.</summary>
    public SafeHandle? Btf { get; init; }

    /// <summary>Gets the key's type in <see cref="Btf"/>, or 0.</summary>
    public uint BtfKeyTypeId { get; init; }

    /// <summary>Gets the value's type in <see cref="Btf"/>, or 0.</summary>
    public uint BtfValueTypeId { get; init; }

    /// <summary>Gets the value's type in the kernel's own BTF (struct_ops), or 0.</summary>
    public uint BtfVmlinuxValueTypeId { get; init; }
}

/// <summary>The kernel's <c>struct bpf_map_info</c> (BPF_OBJ_GET_INFO_BY_FD, Linux 4.13).</summary>
/// <remarks>Fields that the kernel does not have are 0.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct BpfMapInfoData
{
    /// <summary>The map type.</summary>
    [FieldOffset(0)] public uint Type;

    /// <summary>The map's id.</summary>
    [FieldOffset(4)] public uint Id;

    /// <summary>The size of a key in bytes.</summary>
    [FieldOffset(8)] public uint KeySize;

    /// <summary>The size of a value in bytes.</summary>
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

    /// <summary>The id of the kernel BTF with the type <see cref="BtfVmlinuxValueTypeId"/>.</summary>
    [FieldOffset(76)] public uint BtfVmlinuxId;

    /// <summary>The <c>map_extra</c> of the map.</summary>
    [FieldOffset(80)] public ulong MapExtra;
}

/// <summary>A name in the kernel: at most 15 bytes, padded to 16 with NUL (BPF_OBJ_NAME_LEN).</summary>
[InlineArray(16)]
internal struct BpfObjectName
{
    private byte _first;
}

