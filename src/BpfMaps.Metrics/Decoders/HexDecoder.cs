namespace BpfMaps;

/// <summary>Writes the bytes of a field in hexadecimal, as they are in memory: <c>00ff</c>.</summary>
public sealed class HexDecoder : IBpfLabelDecoder<ReadOnlySpan<byte>>
{
    /// <inheritdoc/>
    public string? Decode(ReadOnlySpan<byte> value) => Convert.ToHexStringLower(value);
}
