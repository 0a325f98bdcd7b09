using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The kernel's <c>struct bpf_map_info</c> (BPF_OBJ_GET_INFO_BY_FD, Linux 4.13).</summary>
/// <remarks>Fields that the kernel does not have are 0.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct BpfMapInfoData
{
    /// <summary>The map type.</summary>
    [FieldOffset(0)]
    public uint Type;

    /// <summary>The map's id.</summary>
    [FieldOffset(4)]
    public uint Id;

    /// <summary>The size of a key in bytes.</summary>
    [FieldOffset(8)]
    public uint KeySize;

    /// <summary>The size of a value in bytes.</summary>
    [FieldOffset(12)]
    public uint ValueSize;

    /// <summary>The capacity.</summary>
    [FieldOffset(16)]
    public uint MaxEntries;

    /// <summary>Creation flags.</summary>
    [FieldOffset(20)]
    public uint Flags;

    /// <summary>The name, NUL-padded.</summary>
    [FieldOffset(24)]
    public BpfObjectName Name;

    /// <summary>The network interface of an offloaded map.</summary>
    [FieldOffset(40)]
    public uint InterfaceIndex;

    /// <summary>The value's type in the kernel's own BTF.</summary>
    [FieldOffset(44)]
    public uint BtfVmlinuxValueTypeId;

    /// <summary>The device of the network namespace of an offloaded map.</summary>
    [FieldOffset(48)]
    public ulong NetworkNamespaceDevice;

    /// <summary>The inode of the network namespace of an offloaded map.</summary>
    [FieldOffset(56)]
    public ulong NetworkNamespaceInode;

    /// <summary>The id of the map's BTF, or 0.</summary>
    [FieldOffset(64)]
    public uint BtfId;

    /// <summary>The key's type in that BTF, or 0.</summary>
    [FieldOffset(68)]
    public uint BtfKeyTypeId;

    /// <summary>The value's type in that BTF, or 0.</summary>
    [FieldOffset(72)]
    public uint BtfValueTypeId;

    /// <summary>The id of the kernel BTF with the type <see cref="BtfVmlinuxValueTypeId"/>.</summary>
    [FieldOffset(76)]
    public uint BtfVmlinuxId;

    /// <summary>The <c>map_extra</c> of the map.</summary>
    [FieldOffset(80)]
    public ulong MapExtra;
}
