using BpfMaps.Metrics.Interop;

namespace BpfMaps;

/// <summary>Names network interfaces by their index in this process's network namespace: <c>eth0</c>.</summary>
public sealed class InterfaceNameDecoder : IBpfLabelDecoder<uint>, IBpfLabelDecoder<int>
{
    /// <inheritdoc/>
    public string? Decode(int value) => Decode((uint)value);

    /// <inheritdoc/>
    public string? Decode(uint value) => Libc.InterfaceName(value);
}
