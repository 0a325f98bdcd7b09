namespace BpfMaps.InMemory;

/// <summary>The BTF types of a map's key and value.</summary>
/// <param name="Btf">The BTF that describes them; holds a reference.</param>
/// <param name="KeyTypeId">The type id of the key, or 0.</param>
/// <param name="ValueTypeId">The type id of the value.</param>
/// <param name="LockOffset">The offset of the lock in the value, if it has one.</param>
internal sealed record KeyValueTypes(InMemoryBtf Btf, uint KeyTypeId, uint ValueTypeId, int? LockOffset);
