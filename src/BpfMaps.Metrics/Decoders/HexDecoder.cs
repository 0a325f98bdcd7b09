namespace BpfMaps;

/// <summary>Decodes the bytes of a field to hexadecimal, in the order in memory: <c>00ff</c>.</summary>
public sealed class HexDecoder : IBpfLabelDecoder<ReadOnlySpan<byte>>
{
    /// <inheritdoc/>
    public string? Decode(ReadOnlySpan<byte> value) => Convert.ToHexStringLower(value);
}
