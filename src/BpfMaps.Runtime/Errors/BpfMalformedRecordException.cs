namespace BpfMaps;

/// <summary>The exception for a stream record that is shorter than its type. The record is consumed; reading continues after it.</summary>
/// <param name="message">The complete message.</param>
/// <param name="length">The size of the record in bytes.</param>
/// <param name="expectedLength">The minimum size in bytes.</param>
/// <param name="mapName">The name of the map, if there is one.</param>
public sealed class BpfMalformedRecordException(string message, int length, int expectedLength, string? mapName = null)
    : BpfException(message, 0, "read", mapName)
{
    /// <summary>Gets the size of the record in bytes.</summary>
    public int Length { get; } = length;

    /// <summary>Gets the minimum size in bytes.</summary>
    public int ExpectedLength { get; } = expectedLength;
}
