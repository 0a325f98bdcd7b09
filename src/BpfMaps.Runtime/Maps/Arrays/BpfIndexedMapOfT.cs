using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Base class of arrays with declared values. All elements exist from the beginning, initialized to zero.</summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
public abstract class BpfIndexedMap<TValue> : BpfIndexedMap
    where TValue : unmanaged
{
    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The sizes of the types differ from those of the map.</exception>
    private protected BpfIndexedMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) => ValueFormat = new(CheckSize<TValue>(schema.Value, raw.ValueSize, "value"));

    private protected PaddingFormat ValueFormat { get; }
}
