namespace BpfMaps;

/// <summary>Declares a BPF map. A class with typed operations for the map is generated at compile time.</summary>
/// <remarks>
/// <para>On a struct, the struct is the map's value and the generated class is named <c>{Struct}Map</c>. On a <c>partial class</c>, the
/// class itself becomes the map, and <see cref="Value"/> specifies the type of its values. Map types whose values are kernel objects (maps,
/// programs, devices, sockets, control groups, stacks, memory) are declared on a partial class and have no <see cref="Value"/>.</para>
/// <para>The key type is <see cref="Key"/> if set; otherwise a nested struct named <c>Key</c>; otherwise <see cref="uint"/> for array
/// types. The keys of local storage are descriptors, which are not declared.</para>
/// </remarks>
/// <example>
/// <code>
/// [BpfMap(Type = BpfMapType.Hash, MaxEntries = 65_536)] public struct FlowStats {
///     public struct Key { public uint SourceAddress, DestinationAddress; }
///     public ulong Packets, Bytes;
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class, Inherited = false)]
public sealed class BpfMapAttribute : Attribute
{
    /// <summary>Gets or sets the type of the map. Required.</summary>
    public BpfMapType Type { get; set; }

    /// <summary>Gets or sets the type of the keys, if it is not a nested struct named <c>Key</c>.</summary>
    public Type? Key { get; set; }

    /// <summary>
    /// Gets or sets the type of the values, on a class. On a struct, the struct is the value. Map types whose values are kernel objects
    /// have none.
    /// </summary>
    public Type? Value { get; set; }

    /// <summary>
    /// Gets or sets the name of the map in the kernel and in the BPF object: 1 to 15 characters of <c>[A-Za-z0-9_.]</c>. The default is the
    /// name of the struct or class in snake_case, without a trailing <c>Map</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>
    /// Gets or sets the capacity in elements; for ring buffers, in bytes; for arenas, in pages. Storage types have none. If it is not set,
    /// <c>Create</c> has a parameter for it, and opening an existing map does not check it. A perf event array without a capacity has a
    /// slot for each possible CPU.
    /// </summary>
    public uint MaxEntries { get; set; }

    /// <summary>Gets or sets the creation flags. Opening an existing map checks those that matter.</summary>
    public BpfMapFlags Flags { get; set; }

    /// <summary>
    /// Gets or sets the kernel's <c>map_extra</c> (Linux 5.16). For a bloom filter, it is the number of hash functions, 1 to 15, by default
    /// 5; for an arena, its address. Other map types do not accept it. If it is set, opening an existing map checks it.
    /// </summary>
    public ulong MapExtra { get; set; }

    /// <summary>
    /// Gets or sets the key size in bytes that the BPF side declares. If set, it is compared with the key type at compile time.
    /// </summary>
    public int KeySize { get; set; }

    /// <summary>
    /// Gets or sets the value size in bytes that the BPF side declares. If set, it is compared with the value type at compile time. For
    /// ring buffers and perf event arrays, it is the size of a record, which is not the kernel's value size. For map types whose values are
    /// kernel objects, it selects one of the possible sizes: 4 or 8 for devices, CPUs and sockets (by default 8), or the size of the
    /// deepest stack for stack traces (by default 127 frames).
    /// </summary>
    public int ValueSize { get; set; }

    /// <summary>Gets or sets the compiled BPF object (<c>.bpf.o</c>) whose map of this name must match.</summary>
    public string? Object { get; set; }

    /// <summary>
    /// For ring buffers, user ring buffers and perf event arrays: gets or sets the C type of the records in the object (<c>"event"</c>).
    /// The declared struct must match it. The definition of such a map does not name the type; without this property, records are compared
    /// only if a ring buffer names its value type.
    /// </summary>
    public string? Record { get; set; }

    /// <summary>For maps of maps: gets or sets the struct or class that declares the inner maps with its own <c>[BpfMap]</c>.</summary>
    public Type? Inner { get; set; }

    /// <summary>On a struct: gets or sets the name of the generated class, if it is not <c>{Struct}Map</c>.</summary>
    public string? ClassName { get; set; }
}
