namespace BpfMaps.InMemory;

/// <summary>The types of a map's key and value.</summary>
/// <param name="Btf">Where they are described; held.</param>
/// <param name="KeyTypeId">The key's type, or 0.</param>
/// <param name="ValueTypeId">The value's type.</param>
/// <param name="Fields">What in the value belongs to the kernel.</param>
internal sealed record MapTypes(InMemoryBtf Btf, uint KeyTypeId, uint ValueTypeId, KernelFields Fields);
