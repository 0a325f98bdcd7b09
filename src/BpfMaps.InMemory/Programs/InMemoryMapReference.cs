using BpfMaps.InMemory;

namespace BpfMaps;

/// <summary>A reference to a map that a program uses: by name, or as found in a map of maps. Strings convert to it.</summary>
public readonly struct InMemoryMapReference
{
    internal InMemoryMapReference(InMemoryMap map) => Map = map;

    /// <summary>Refers to a map by name.</summary>
    /// <param name="name">The name that the map was created with.</param>
    public InMemoryMapReference(string name) => Name = name;

    internal string? Name { get; }

    internal InMemoryMap? Map { get; }

    /// <summary>Refers to a map by name.</summary>
    /// <param name="name">The name that the map was created with.</param>
#pragma warning disable CA2225 // The constructor is the alternative.
    public static implicit operator InMemoryMapReference(string name) => new(name);
#pragma warning restore CA2225

    /// <summary>Returns the name, or the id of a map that was found in a map of maps.</summary>
    public override string ToString() => Name ?? (Map is null ? "" : $"map {Map.Id}");
}
