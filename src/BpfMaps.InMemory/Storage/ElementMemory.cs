namespace BpfMaps.InMemory;

/// <summary>Room for the elements of a map, by their numbers. They are zeroes at first.</summary>
internal abstract class ElementMemory
{
    /// <summary>An element to write to.</summary>
    public abstract ref byte this[uint index] { get; }

    /// <summary>An element to read from, for which no room is made if it was never written.</summary>
    public abstract ref readonly byte Read(uint index);
}
