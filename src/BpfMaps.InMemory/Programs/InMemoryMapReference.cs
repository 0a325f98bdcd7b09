using BpfMaps.InMemory;

namespace BpfMaps;

/// <summary>The map that a program means: by its name, or as it was found in a map of maps. A string converts to it.</summary>
public readonly struct InMemoryMapReference
{
    internal InMemoryMapReference(InMemoryMap map) => Map = map;

    /// <summary>Means a map by its name.</summary>
    /// <param name="name">The name that the map was created with.</param>
    public InMemoryMapReference(string name) => Name = name;

    internal string? Name { get; }

    internal InMemoryMap? Map { get; }

    /// <summary>Means a map by its name.</summary>
    /// <param name="name">The name that the map was created with.</param>
#pragma warning disable CA2225 // The constructor is the alternative.
    public static implicit operator InMemoryMapReference(string name) => new(name);
#pragma warning restore CA2225

    /// <summary>The name, or the id of a map that was found.</summary>
    public override string ToString() => Name ?? (Map is null ? "" : $"map {Map.Id}");
}
