namespace BpfMaps;

/// <summary>Adds one CPU's value to a total.</summary>
internal delegate void Accumulation<TValue>(ref TValue total, in TValue value);
