namespace BpfMaps.Generators.Comparison;

/// <summary>A type of a map.</summary>
internal enum MapPart
{
    Key,
    Value,

    /// <summary>The record type of a stream that the declaration names.</summary>
    Record,
}
