namespace BpfMaps.Generators.Objects;

/// <summary>Some bits of a storage field.</summary>
/// <param name="Shift">The number of less significant bits in the storage.</param>
/// <param name="ValueShift">The number of less significant bits in the value of the property.</param>
internal sealed record BitsPart(StoragePlan Storage, int Shift, int ValueShift, int Count);
