using BpfMaps.Metrics.Interop;

namespace BpfMaps;

/// <summary>Decodes indexes of network interfaces in the network namespace of this process to names: <c>eth0</c>.</summary>
public sealed class InterfaceNameDecoder : IBpfLabelDecoder<uint>, IBpfLabelDecoder<int>
{
    /// <inheritdoc/>
    public string? Decode(int value) => Decode((uint)value);

    /// <inheritdoc/>
    public string? Decode(uint value) => Libc.InterfaceName(value);
}
