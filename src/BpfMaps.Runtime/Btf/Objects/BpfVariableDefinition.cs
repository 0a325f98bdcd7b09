namespace BpfMaps.Metadata;

/// <summary>A variable of a BPF object.</summary>
internal sealed class BpfVariableDefinition
{
    internal BpfVariableDefinition() { }

    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the offset in the section in bytes.</summary>
    public required int Offset { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required int Size { get; init; }

    /// <summary>Gets whether it is visible only in its C file.</summary>
    public bool IsStatic { get; init; }

    /// <summary>
    /// Place and type as a field of the section; <see langword="null"/> where the type has no layout (<see cref="Problem"/>).
    /// </summary>
    public BpfFieldLayout? Field { get; init; }

    /// <summary>Why the type has no layout; <see langword="null"/> otherwise.</summary>
    public string? Problem { get; init; }

    /// <summary>Name, place and size.</summary>
    public override string ToString() => Field?.ToString() ?? $"{Name} ({Size} bytes) @{Offset}";
}
