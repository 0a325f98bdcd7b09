using System.Net;

namespace BpfMaps;

/// <summary>
/// Decodes IP addresses: 4 bytes in network byte order as IPv4, 16 bytes as IPv6. Fields of type <see cref="Be32"/> and
/// <see cref="Bytes16"/> do not need this decoder.
/// </summary>
/// <remarks>
/// An integer field of 4 bytes (<c>uint</c>) is decoded in memory order, because BPF programs copy addresses from packets.
/// </remarks>
public sealed class IPAddressDecoder : IBpfLabelDecoder<ReadOnlySpan<byte>>
{
    /// <inheritdoc/>
    public string? Decode(ReadOnlySpan<byte> value) => value.Length is 4 or 16 ? new IPAddress(value).ToString() : null;
}
