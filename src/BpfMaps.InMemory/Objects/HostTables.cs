namespace BpfMaps.InMemory;

/// <summary>What a host keeps count of: descriptors, maps, BTF and pins.</summary>
internal sealed class HostTables
{
    public DescriptorTable Descriptors { get; } = new();

    public IdTable<InMemoryMap> Maps { get; } = new();

    public IdTable<InMemoryBtf> Btfs { get; } = new();

    public PinTable Pins { get; } = new();
}
