namespace BpfMaps.Metadata;

/// <summary>A map that a BPF object defines: in its section <c>.maps</c>, or as a section of variables.</summary>
public sealed class BpfMapDefinition
{
    internal BpfMapDefinition(string name, BpfMapType type) => (Name, Type) = (name, type);

    /// <summary>Gets the name of the definition or of the section (<c>.rodata</c>).</summary>
    public string Name { get; }

    /// <summary>Gets the type of the map.</summary>
    public BpfMapType Type { get; }

    /// <summary>Gets the size of a key in bytes; 0 without a key, or if the definition does not set it.</summary>
    public int KeySize { get; internal init; }

    /// <summary>Gets the size of a value in bytes; 0 if the definition does not set it.</summary>
    public int ValueSize { get; internal init; }

    /// <summary>Gets the capacity; 0 if the loader sets it.</summary>
    public uint MaxEntries { get; internal init; }

    /// <summary>Gets the flags of its creation.</summary>
    public BpfMapFlags Flags { get; internal init; }

    /// <summary>Gets whether the loader pins it. libbpf rejects other numbers.</summary>
    public BpfMapPinning Pinning { get; internal init; }

    /// <summary>Gets the <c>map_extra</c> of the map.</summary>
    public ulong MapExtra { get; internal init; }

    /// <summary>Gets the NUMA node of its memory; <see langword="null"/> if the definition does not set it.</summary>
    public uint? NumaNode { get; internal init; }

    /// <summary>Gets the layout of the key; <see langword="null"/> if the definition has no type, or one without a layout.</summary>
    public BpfTypeLayout? Key { get; internal init; }

    /// <summary>Gets the layout of the value; <see langword="null"/> if the definition has no type, or one without a layout.</summary>
    public BpfTypeLayout? Value { get; internal init; }

    /// <summary>Why the type of the key has no layout, or <see langword="null"/>.</summary>
    internal string? KeyProblem { get; init; }

    /// <summary>Why the type of the value has no layout, such as a struct that is only declared, or <see langword="null"/>.</summary>
    internal string? ValueProblem { get; init; }

    /// <summary>
    /// Gets the template of the inner maps of a map of maps (<c>__array(values, struct inner)</c>); <see langword="null"/> otherwise.
    /// </summary>
    public BpfMapDefinition? InnerMap { get; internal init; }

    /// <summary>
    /// Gets the reasons for which libbpf or the kernel rejects the map as defined, each a part of a sentence; empty if no reason is known.
    /// </summary>
    /// <remarks>A size or a capacity of 0 is not listed: programs set them before the load.</remarks>
    internal IReadOnlyList<string> Refusals { get; set; } = [];

    /// <summary>Whether this is a section of variables (<c>.data</c>, <c>.bss</c>, <c>.rodata</c>), an array with one element.</summary>
    internal bool IsVariables { get; init; }

    /// <summary>Gets the variables of a section, in the order of their offsets; empty for other maps.</summary>
    internal IReadOnlyList<BpfVariableDefinition> Variables { get; init; } = [];

    /// <summary>Returns the name and type: <c>'flows' (Hash)</c>.</summary>
    public override string ToString() => $"'{Name}' ({Type})";
}
