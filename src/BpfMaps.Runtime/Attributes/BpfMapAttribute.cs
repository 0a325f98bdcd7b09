namespace BpfMaps;

/// <summary>Declares a BPF map; a class with typed operations for it is generated at compile time.</summary>
/// <remarks>
/// On a struct: the struct is the map's value, and the class is named <c>{Struct}Map</c>. On a <c>partial class</c>: the class itself
/// becomes the map, and <see cref="Value"/> names the type of its values. The key is <see cref="Key"/>, else a nested struct named
/// <c>Key</c>, else <see cref="uint"/> for the array kinds; local storages have descriptors for keys, which are not declared. Kinds that hold something of the kernel's (maps, programs, devices, sockets, control groups,
/// stacks, memory) are declared on a partial class and have no <see cref="Value"/>.
/// </remarks>
/// <example>
/// <code>
/// [BpfMap(Type = BpfMapType.Hash, MaxEntries = 65_536)]
/// public struct FlowStats
/// {
///     public struct Key { public uint SourceAddress, DestinationAddress; }
///     public ulong Packets, Bytes;
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, Inherited = false)]
public sealed class BpfMapAttribute : Attribute
{
    /// <summary>The kind of the map. Required.</summary>
    public BpfMapType Type { get; set; }

    /// <summary>The type of the keys, where it is not a nested struct named <c>Key</c>.</summary>
    public Type? Key { get; set; }

    /// <summary>The type of the values, on a class. On a struct the struct itself is the value; kinds that hold something of the kernel's have none.</summary>
    public Type? Value { get; set; }

    /// <summary>
    /// The name the kernel and the BPF object know the map by: 1 to 15 of <c>[A-Za-z0-9_.]</c>.
    /// Default: the name of the struct or class in snake_case, without a trailing <c>Map</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// The capacity in elements; for ring buffers the size in bytes, for arenas in pages. Storages have none. Where it is not given, <c>Create</c> asks for it and opening an
    /// existing map does not check it. A perf event array that is given none has a slot for each possible CPU.
    /// </summary>
    public uint MaxEntries { get; set; }

    /// <summary>Flags for creation; the ones that matter are checked on opening.</summary>
    public BpfMapFlags Flags { get; set; }

    /// <summary>
    /// What the kernel's <c>map_extra</c> means for the kind (Linux 5.16): of a bloom filter the number of hash functions, 1 to 15, 5 if not given; of an arena its
    /// address. Other kinds take none. Where it is given, opening an existing map checks it.
    /// </summary>
    public ulong MapExtra { get; set; }

    /// <summary>The key size in bytes that the BPF side declares. Where given, it is checked against the key type at compile time.</summary>
    public int KeySize { get; set; }

    /// <summary>
    /// The value size in bytes that the BPF side declares. Where given, it is checked against the value type at compile time.
    /// For ring buffers and perf event arrays it is the size of a record, of which the kernel's own value size says nothing.
    /// For kinds that hold something of the kernel's it chooses where there is a choice: 4 or 8 for devices, CPUs and sockets (8 if not given), the bytes of
    /// the deepest stack for stack traces (127 frames if not given).
    /// </summary>
    public int ValueSize { get; set; }

    /// <summary>The compiled BPF object (<c>.bpf.o</c>) whose map of this name must match.</summary>
    public string? Object { get; set; }

    /// <summary>
    /// For ring buffers, user ring buffers and perf event arrays: the C type of the records in the object (<c>"event"</c>), which the declared struct must match. The map's
    /// definition does not name it; without this, records are compared only where a ring names its value type.
    /// </summary>
    public string? Record { get; set; }

    /// <summary>For maps of maps: the struct or the class that declares the inner maps with a <c>[BpfMap]</c> of its own.</summary>
    public Type? Inner { get; set; }

    /// <summary>On a struct: the name of the generated class, where <c>{Struct}Map</c> does not suit.</summary>
    public string? ClassName { get; set; }
}
