namespace BpfMaps.Metadata;

/// <summary>A variable in a section.</summary>
/// <param name="TypeId">The id of the variable, a type of kind <see cref="BtfKind.Variable"/>.</param>
/// <param name="Offset">The offset in the section. In an unlinked object, it may be 0, because the symbols contain it.</param>
/// <param name="Size">Its size in bytes.</param>
internal readonly record struct BtfSectionVariable(uint TypeId, uint Offset, uint Size);
