using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The properties of a map to create (BPF_MAP_CREATE).</summary>
public sealed record BpfMapSpec
{
    /// <summary>Gets the type of the map.</summary>
    public required BpfMapType Type { get; init; }

    /// <summary>Gets the name: 1 to 15 characters of <c>[A-Za-z0-9_.]</c>; <see langword="null"/> for none (Linux 4.15).</summary>
    public string? Name { get; init; }

    /// <summary>Gets the size of a key in bytes; 0 for map types without keys (queue, stack, bloom filter, rings).</summary>
    public int KeySize { get; init; }

    /// <summary>Gets the size of a value in bytes; for per-CPU maps, of the value of one CPU.</summary>
    public int ValueSize { get; init; }

    /// <summary>Gets the capacity in elements; for rings, the size in bytes; for arenas, in pages; 0 for storages.</summary>
    public uint MaxEntries { get; init; }

    /// <summary>Gets the flags.</summary>
    public BpfMapFlags Flags { get; init; }

    /// <summary>
    /// Gets the NUMA node of the memory (Linux 4.14); <see langword="null"/> for any. Sets <see cref="BpfMapFlags.NumaNode"/>.
    /// </summary>
    public uint? NumaNode { get; init; }

    /// <summary>
    /// Gets the <c>map_extra</c> of the map: the number of hash functions of a bloom filter, the address of an arena (Linux 5.16).
    /// </summary>
    public ulong MapExtra { get; init; }

    /// <summary>Gets the template of the inner maps of a map of maps. It can be disposed after the map is created.</summary>
    public RawMap? InnerMap { get; init; }

    /// <summary>Gets the index of the network interface that the map is offloaded to; 0 for none (Linux 4.16).</summary>
    public uint InterfaceIndex { get; init; }

    /// <summary>A descriptor of the BTF that describes key and value (Linux 4.18); <see langword="null"/> for none.</summary>
    internal SafeHandle? Btf { get; init; }

    /// <summary>The id of the key's type in <see cref="Btf"/>, or 0.</summary>
    internal uint BtfKeyTypeId { get; init; }

    /// <summary>The id of the value's type in <see cref="Btf"/>, or 0.</summary>
    internal uint BtfValueTypeId { get; init; }

    /// <summary>For struct_ops: the id of the value's type in the kernel's own BTF (Linux 5.6), or 0.</summary>
    internal uint BtfVmlinuxValueTypeId { get; init; }
}
