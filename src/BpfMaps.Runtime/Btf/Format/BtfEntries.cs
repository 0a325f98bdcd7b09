namespace BpfMaps.Metadata;

/// <summary>A member of a struct or a union in BTF.</summary>
/// <param name="Name">The name; empty for an anonymous member.</param>
/// <param name="TypeId">The id of its type.</param>
/// <param name="BitOffset">Where it begins, in bits from the start of the struct.</param>
/// <param name="BitSize">The number of bits of a bitfield; 0 for any other member.</param>
internal readonly record struct BtfMember(string Name, uint TypeId, uint BitOffset, int BitSize);

/// <summary>A parameter of a function in BTF.</summary>
/// <param name="Name">The name; empty where the declaration has none.</param>
/// <param name="TypeId">The id of its type; 0 in the last place stands for <c>...</c>.</param>
internal readonly record struct BtfParameter(string Name, uint TypeId);

/// <summary>A variable in a section.</summary>
/// <param name="TypeId">The id of the variable, a type of kind <see cref="BtfKind.Variable"/>.</param>
/// <param name="Offset">The offset in the section. In an unlinked object, it may be 0, because the symbols contain it.</param>
/// <param name="Size">Its size in bytes.</param>
internal readonly record struct BtfSectionVariable(uint TypeId, uint Offset, uint Size);

/// <summary>A constant of an enumeration.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value. Of an unsigned enumeration of 8 bytes, the value's bits.</param>
internal readonly record struct BpfEnumMember(string Name, long Value);
