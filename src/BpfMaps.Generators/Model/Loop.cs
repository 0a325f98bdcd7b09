namespace BpfMaps.Generators.Model;

/// <summary>A loop over the elements of an array of structs.</summary>
internal readonly record struct Loop(int Count, int Stride);
