namespace BpfMaps.InMemory;

/// <summary>Memory for the elements of a map, by index. Elements are zero-initialized.</summary>
internal abstract class ElementMemory
{
    /// <summary>Gets an element for writing.</summary>
    public abstract ref byte this[uint index] { get; }

    /// <summary>Gets an element for reading; allocates no memory for an element that was never written.</summary>
    public abstract ref readonly byte Read(uint index);
}
