using BpfMaps.Metadata;

namespace BpfMaps.Generators.Model;

/// <summary>The <c>BpfNumberField</c> of the runtime library.</summary>
internal readonly record struct NumberField(int Offset, BpfTypeKind Kind, int Size, int Count);
