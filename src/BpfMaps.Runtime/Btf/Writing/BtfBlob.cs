namespace BpfMaps.Metadata;

/// <summary>BTF made for one map.</summary>
/// <param name="Data">The bytes for BPF_BTF_LOAD.</param>
/// <param name="KeyTypeId">The id of the key's type; 0 if the map has none.</param>
/// <param name="ValueTypeId">The id of the value's type; 0 if the map has none.</param>
internal readonly record struct BtfBlob(byte[] Data, uint KeyTypeId, uint ValueTypeId)
{
    /// <summary>Gets whether there are floating-point numbers among the types.</summary>
    public bool HasFloats { get; init; }
}
