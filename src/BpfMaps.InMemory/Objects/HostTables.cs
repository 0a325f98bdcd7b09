namespace BpfMaps.InMemory;

/// <summary>What a host keeps count of: descriptors, maps, BTF and pins.</summary>
internal sealed class HostTables
{
    // Any odd number with irregular bits; so the seeds differ from map to map, and a test finds the same ones in every run.
    private const ulong SeedStep = 0x9e37_79b9_7f4a_7c15;

    private ulong _lastSeed;

    public DescriptorTable Descriptors { get; } = new();

    public IdTable<InMemoryMap> Maps { get; } = new();

    public IdTable<InMemoryBtf> Btfs { get; } = new();

    public PinTable Pins { get; } = new();

    /// <summary>The one map with a name, held for the caller.</summary>
    /// <exception cref="ArgumentException">No map has it, or several have.</exception>
    public InMemoryMap HoldByName(string map)
    {
        ArgumentException.ThrowIfNullOrEmpty(map);
        return Maps.Hold(map) ?? throw NotOne(map);
    }

    /// <summary>The seed of the next map's hashes.</summary>
    public ulong NextSeed() => Interlocked.Add(ref _lastSeed, SeedStep);

    private ArgumentException NotOne(string map)
    {
        InMemoryMap[] all = Maps.ToArray();
        string list = all.Length == 0 ? "There are no maps." : $"These are there: {string.Join(", ", all.Select(other => $"'{other.Name}' ({other.Shape.Type}, id {other.Id})"))}.";
        bool isAmbiguous = all.Count(other => other.Name == map) > 1;
        return new($"{(isAmbiguous ? "More than one map is" : "No map is")} named '{map}'. {list}", nameof(map));
    }
}
