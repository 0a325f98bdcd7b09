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
