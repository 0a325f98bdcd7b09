namespace BpfMaps;

/// <summary>A map as a BPF object defines it: in its section <c>.maps</c>, or by having a section of variables.</summary>
public sealed class BpfMapDefinition
{
    internal BpfMapDefinition()
    {
    }

    /// <summary>The name: that of the definition, or of the section (<c>.rodata</c>).</summary>
    public required string Name { get; init; }

    /// <summary>The kind of the map.</summary>
    public required BpfMapType Type { get; init; }

    /// <summary>Bytes of a key; 0 where there is none or the definition leaves it out.</summary>
    public int KeySize { get; init; }

    /// <summary>Bytes of a value; 0 where the definition leaves it out.</summary>
    public int ValueSize { get; init; }

    /// <summary>The capacity; 0 where the definition leaves it to the loader.</summary>
    public uint MaxEntries { get; init; }

    /// <summary>The flags it is to be created with.</summary>
    public BpfMapFlags Flags { get; init; }

    /// <summary>Whether the loader is to pin it. Other numbers than the named ones are for other loaders; libbpf refuses them (<see cref="Refusals"/>).</summary>
    public BpfMapPinning Pinning { get; init; }

    /// <summary>What <c>map_extra</c> means for the kind.</summary>
    public ulong MapExtra { get; init; }

    /// <summary>The NUMA node it is to be allocated on; <see langword="null"/> where the definition names none.</summary>
    public uint? NumaNode { get; init; }

    /// <summary>The layout of the key; <see langword="null"/> where the definition names no type, or one without a layout (<see cref="KeyProblem"/>).</summary>
    public BpfTypeLayout? Key { get; init; }

    /// <summary>The layout of the value; <see langword="null"/> where the definition names no type, or one without a layout (<see cref="ValueProblem"/>).</summary>
    public BpfTypeLayout? Value { get; init; }

    /// <summary>Why the key's type has no layout; <see langword="null"/> otherwise.</summary>
    public string? KeyProblem { get; init; }

    /// <summary>Why the value's type has no layout, such as a struct that is only declared; <see langword="null"/> otherwise.</summary>
    public string? ValueProblem { get; init; }

    /// <summary>For maps of maps, what the inner maps are like (<c>__array(values, struct inner)</c>); <see langword="null"/> otherwise.</summary>
    public BpfMapDefinition? InnerMap { get; init; }

    /// <summary>Why libbpf, or the kernel behind it, refuses to load the map as it is defined, one part of a sentence each; empty if nothing is known to be wrong.</summary>
    /// <remarks>A size or a capacity of 0 is not listed: programs set them before the load.</remarks>
    public IReadOnlyList<string> Refusals { get; internal set; } = [];

    /// <summary>Whether this is a section of variables (<c>.data</c>, <c>.bss</c>, <c>.rodata</c>), an array with one element.</summary>
    public bool IsVariables { get; init; }

    /// <summary>The variables of a section, in the order of their places; none for other maps.</summary>
    public IReadOnlyList<BpfVariableDefinition> Variables { get; init; } = [];

    /// <summary>Name and kind: <c>'flows' (Hash)</c>.</summary>
    public override string ToString() => $"'{Name}' ({Type})";
}

/// <summary>Whether and where a loader pins a map (<c>enum libbpf_pin_type</c>).</summary>
public enum BpfMapPinning
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>Under its name in the loader's directory, by default /sys/fs/bpf (LIBBPF_PIN_BY_NAME).</summary>
    ByName = 1,
}

/// <summary>A variable of a BPF object.</summary>
public sealed class BpfVariableDefinition
{
    internal BpfVariableDefinition()
    {
    }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands in its section, in bytes.</summary>
    public required int Offset { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required int Size { get; init; }

    /// <summary>Whether it is seen only in its C file.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Place and type as a field of the section; <see langword="null"/> where the type has no layout (<see cref="Problem"/>).</summary>
    public BpfFieldLayout? Field { get; init; }

    /// <summary>Why the type has no layout; <see langword="null"/> otherwise.</summary>
    public string? Problem { get; init; }

    /// <summary>Name, place and size.</summary>
    public override string ToString() => Field?.ToString() ?? $"{Name} ({Size} bytes) @{Offset}";
}
