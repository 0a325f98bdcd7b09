namespace BpfMaps.Metadata;

/// <summary>A member of a struct or a union in BTF.</summary>
/// <param name="Name">The name; empty for an anonymous member.</param>
/// <param name="TypeId">The id of its type.</param>
/// <param name="BitOffset">Where it begins, in bits from the start of the struct.</param>
/// <param name="BitSize">The number of bits of a bitfield; 0 for any other member.</param>
internal readonly record struct BtfMember(string Name, uint TypeId, uint BitOffset, int BitSize);
