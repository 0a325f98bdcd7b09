namespace BpfMaps;

/// <summary>A record of a stream is too short for the type that it was to be read as. The record is consumed; reading on goes on after it.</summary>
/// <param name="message">The whole message.</param>
/// <param name="length">Bytes that the record has.</param>
/// <param name="expectedLength">Bytes that it needs at least.</param>
/// <param name="mapName">The name of the map, where there is one.</param>
public sealed class BpfMalformedRecordException(string message, int length, int expectedLength, string? mapName = null)
    : BpfException(message, 0, "read", mapName)
{
    /// <summary>Bytes that the record has.</summary>
    public int Length { get; } = length;

    /// <summary>Bytes that the record needs at least.</summary>
    public int ExpectedLength { get; } = expectedLength;
}
