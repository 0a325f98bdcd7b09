namespace BpfMaps.InMemory;

/// <summary>The tables of a host: descriptors, maps, BTF and pins.</summary>
internal sealed class HostTables
{
    // Any odd number with irregular bits. The seeds differ between maps and are the same in every test run.
    private const ulong SeedStep = 0x9e37_79b9_7f4a_7c15;

    private ulong _lastSeed;

    public DescriptorTable Descriptors { get; } = new();

    public IdTable<InMemoryMap> Maps { get; } = new();

    public IdTable<InMemoryBtf> Btfs { get; } = new();

    public PinTable Pins { get; } = new();

    /// <summary>Gets the only map with a name and acquires a reference for the caller.</summary>
    /// <exception cref="ArgumentException">No map or more than one map has this name.</exception>
    public InMemoryMap HoldByName(string map)
    {
        ArgumentException.ThrowIfNullOrEmpty(map);
        return Maps.Hold(map) ?? throw NotOne(map);
    }

    /// <summary>Returns the hash seed of the next map.</summary>
    public ulong NextSeed() => Interlocked.Add(ref _lastSeed, SeedStep);

    private ArgumentException NotOne(string map)
    {
        InMemoryMap[] all = Maps.ToArray();
        string list =
            all.Length == 0
                ? "This host has no maps."
                : $"Maps of this host: {string.Join(", ", all.Select(other => $"'{other.Name}' ({other.Shape.Type}, id {other.Id})"))}.";
        bool isAmbiguous = all.Count(other => other.Name == map) > 1;
        return new($"{(isAmbiguous ? "More than one map is" : "No map is")} named '{map}'. {list}", nameof(map));
    }
}
