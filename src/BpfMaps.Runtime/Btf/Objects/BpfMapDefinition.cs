namespace BpfMaps.Metadata;

/// <summary>A map as a BPF object defines it: in its section <c>.maps</c>, or by having a section of variables.</summary>
public sealed class BpfMapDefinition
{
    internal BpfMapDefinition(string name, BpfMapType type) => (Name, Type) = (name, type);

    /// <summary>Gets the name: that of the definition, or of the section (<c>.rodata</c>).</summary>
    public string Name { get; }

    /// <summary>Gets the type of the map.</summary>
    public BpfMapType Type { get; }

    /// <summary>The size of a key in bytes; 0 without a key, or if the definition leaves it out.</summary>
    public int KeySize { get; internal init; }

    /// <summary>Bytes of a value; 0 where the definition leaves it out.</summary>
    public int ValueSize { get; internal init; }

    /// <summary>Gets the capacity; 0 where the definition leaves it to the loader.</summary>
    public uint MaxEntries { get; internal init; }

    /// <summary>Gets the flags it is to be created with.</summary>
    public BpfMapFlags Flags { get; internal init; }

    /// <summary>Gets whether the loader is to pin it. libbpf refuses any other number.</summary>
    public BpfMapPinning Pinning { get; internal init; }

    /// <summary>Gets the <c>map_extra</c> of the map.</summary>
    public ulong MapExtra { get; internal init; }

    /// <summary>Gets the NUMA node it is to be allocated on; <see langword="null"/> where the definition names none.</summary>
    public uint? NumaNode { get; internal init; }

    /// <summary>Gets the layout of the key; <see langword="null"/> where the definition names no type, or one without a layout.</summary>
    public BpfTypeLayout? Key { get; internal init; }

    /// <summary>Gets the layout of the value; <see langword="null"/> where the definition names no type, or one without a layout.</summary>
    public BpfTypeLayout? Value { get; internal init; }

    /// <summary>Why the key's type has no layout; <see langword="null"/> otherwise.</summary>
    internal string? KeyProblem { get; init; }

    /// <summary>Why the value's type has no layout, such as a struct that is only declared; <see langword="null"/> otherwise.</summary>
    internal string? ValueProblem { get; init; }

    /// <summary>
    /// For maps of maps, what the inner maps are like (<c>__array(values, struct inner)</c>); <see langword="null"/> otherwise.
    /// </summary>
    public BpfMapDefinition? InnerMap { get; internal init; }

    /// <summary>
    /// Why libbpf, or the kernel behind it, refuses to load the map as it is defined, one part of a sentence each; empty if nothing is
    /// known to be wrong.
    /// </summary>
    /// <remarks>A size or a capacity of 0 is not listed: programs set them before the load.</remarks>
    internal IReadOnlyList<string> Refusals { get; set; } = [];

    /// <summary>Whether this is a section of variables (<c>.data</c>, <c>.bss</c>, <c>.rodata</c>), an array with one element.</summary>
    internal bool IsVariables { get; init; }

    /// <summary>The variables of a section, in the order of their places; none for other maps.</summary>
    internal IReadOnlyList<BpfVariableDefinition> Variables { get; init; } = [];

    /// <summary>Returns the name and type: <c>'flows' (Hash)</c>.</summary>
    public override string ToString() => $"'{Name}' ({Type})";
}
