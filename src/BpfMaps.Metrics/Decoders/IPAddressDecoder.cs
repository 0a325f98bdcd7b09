using System.Net;

namespace BpfMaps;

/// <summary>
/// Writes Internet addresses: 4 bytes in network order as IPv4, 16 bytes as IPv6. Fields of <see cref="Be32"/> and <see cref="Bytes16"/>
/// need no decoder for that.
/// </summary>
/// <remarks>
/// A field of 4 bytes that is declared as an integer (<c>uint</c>) holds the bytes as they are in packets, which is what BPF programs copy.
/// </remarks>
public sealed class IPAddressDecoder : IBpfLabelDecoder<ReadOnlySpan<byte>>
{
    /// <inheritdoc/>
    public string? Decode(ReadOnlySpan<byte> value) => value.Length is 4 or 16 ? new IPAddress(value).ToString() : null;
}
