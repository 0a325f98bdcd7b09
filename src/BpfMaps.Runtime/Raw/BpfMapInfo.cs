using System.Text;

namespace BpfMaps;

/// <summary>The immutable properties of a map in the kernel (BPF_OBJ_GET_INFO_BY_FD, Linux 4.13).</summary>
public sealed class BpfMapInfo
{
    internal BpfMapInfo(in BpfMapInfoData data)
    {
        Type = (BpfMapType)data.Type;
        Id = data.Id;
        KeySize = checked((int)data.KeySize);
        ValueSize = checked((int)data.ValueSize);
        MaxEntries = data.MaxEntries;
        Flags = (BpfMapFlags)data.Flags;
        ReadOnlySpan<byte> name = data.Name;
        int end = name.IndexOf((byte)0);
        Name = Encoding.ASCII.GetString(end < 0 ? name : name[..end]);
        InterfaceIndex = data.InterfaceIndex;
        NetworkNamespaceDevice = data.NetworkNamespaceDevice;
        NetworkNamespaceInode = data.NetworkNamespaceInode;
        BtfId = data.BtfId;
        BtfKeyTypeId = data.BtfKeyTypeId;
        BtfValueTypeId = data.BtfValueTypeId;
        BtfVmlinuxValueTypeId = data.BtfVmlinuxValueTypeId;
        BtfVmlinuxId = data.BtfVmlinuxId;
        MapExtra = data.MapExtra;
    }

    /// <summary>Gets the type of the map. A map type that is newer than this library keeps its number.</summary>
    public BpfMapType Type { get; }

    /// <summary>Gets the id of the map, unique as long as the map exists.</summary>
    public uint Id { get; }

    /// <summary>Gets the size of a key in bytes; 0 for map types without keys.</summary>
    public int KeySize { get; }

    /// <summary>Gets the size of a value in bytes; for per-CPU maps, of the value of one CPU.</summary>
    public int ValueSize { get; }

    /// <summary>Gets the capacity in elements; for rings, the size in bytes. The kernel rounds it up for some map types.</summary>
    public uint MaxEntries { get; }

    /// <summary>Gets the flags that the map was created with.</summary>
    public BpfMapFlags Flags { get; }

    /// <summary>Gets the name; empty for a map without a name.</summary>
    public string Name { get; }

    /// <summary>The index of the network interface that the map is offloaded to, or 0.</summary>
    internal uint InterfaceIndex { get; }

    /// <summary>The device of the network namespace of an offloaded map.</summary>
    internal ulong NetworkNamespaceDevice { get; }

    /// <summary>The inode of the network namespace of an offloaded map.</summary>
    internal ulong NetworkNamespaceInode { get; }

    /// <summary>The id of the BTF that describes key and value, or 0.</summary>
    internal uint BtfId { get; }

    /// <summary>The id of the key's type in that BTF, or 0.</summary>
    internal uint BtfKeyTypeId { get; }

    /// <summary>The id of the value's type in that BTF, or 0.</summary>
    internal uint BtfValueTypeId { get; }

    /// <summary>For struct_ops: the id of the value's type in the kernel's BTF, or 0.</summary>
    internal uint BtfVmlinuxValueTypeId { get; }

    /// <summary>The id of the kernel BTF that <see cref="BtfVmlinuxValueTypeId"/> is in (Linux 6.9), or 0.</summary>
    internal uint BtfVmlinuxId { get; }

    /// <summary>Gets the <c>map_extra</c> of the map, whose meaning depends on the map type (Linux 5.16).</summary>
    public ulong MapExtra { get; }

    /// <summary>Returns the name in quotation marks, the type and the id: <c>'flows' (Hash, id 12)</c>.</summary>
    public override string ToString() => Name.Length != 0 ? $"'{Name}' ({Type}, id {Id})" : $"({Type}, id {Id})";
}
