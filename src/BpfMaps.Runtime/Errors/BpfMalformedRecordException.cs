namespace BpfMaps;

/// <summary>The exception for a stream record that is shorter than its type. The record is consumed; reading continues after it.</summary>
public sealed class BpfMalformedRecordException : BpfException
{
    internal BpfMalformedRecordException(string message, int length, int expectedLength, string? mapName = null)
        : base(message, 0, BpfCommand.Read.Name(), mapName) => (Length, ExpectedLength) = (length, expectedLength);

    /// <summary>Gets the size of the record in bytes.</summary>
    public int Length { get; }

    /// <summary>Gets the minimum size in bytes.</summary>
    public int ExpectedLength { get; }
}
