using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>What a map is to be created with (BPF_MAP_CREATE).</summary>
public sealed record BpfMapSpec
{
    /// <summary>The kind of the map.</summary>
    public required BpfMapType Type { get; init; }

    /// <summary>The name that the kernel shows: 1 to 15 of <c>[A-Za-z0-9_.]</c>; <see langword="null"/> for none (Linux 4.15).</summary>
    public string? Name { get; init; }

    /// <summary>Bytes of a key; 0 for kinds without one (queue, stack, bloom filter, rings).</summary>
    public int KeySize { get; init; }

    /// <summary>Bytes of a value; for per-CPU kinds of one CPU's value.</summary>
    public int ValueSize { get; init; }

    /// <summary>The capacity in elements; for rings the size in bytes, for arenas in pages; 0 for storages.</summary>
    public uint MaxEntries { get; init; }

    /// <summary>Flags.</summary>
    public BpfMapFlags Flags { get; init; }

    /// <summary>The NUMA node to allocate on (Linux 4.14); <see langword="null"/> leaves it to the kernel. Sets <see cref="BpfMapFlags.NumaNode"/>.</summary>
    public uint? NumaNode { get; init; }

    /// <summary>What <c>map_extra</c> means for the kind: a bloom filter's number of hash functions, an arena's address (Linux 5.16).</summary>
    public ulong MapExtra { get; init; }

    /// <summary>For maps of maps: a map that has the shape of all inner maps. It may be disposed after the creation.</summary>
    public RawMap? InnerMap { get; init; }

    /// <summary>The network interface that an offloaded map belongs to; 0 for none (Linux 4.16).</summary>
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
