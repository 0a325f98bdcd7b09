using BpfMaps;

namespace QuickStart;

/// <summary>Traffic to a host, the value of the map. The class FlowStatsMap is generated from this declaration.</summary>
[BpfMap(Type = BpfMapType.Hash, MaxEntries = 1024)]
internal struct FlowStats
{
    public ulong Packets;
    public ulong Bytes;

    /// <summary>The host, the key of the map. Address and port are in network byte order, as in a packet.</summary>
    public struct Key
    {
        public Be32 Address;
        public Be16 Port;

        // The kernel compares all bytes of a key, so the padding is a named field.
        private readonly ushort _padding;

        public override readonly string ToString() => $"{Address.ToIPAddress()}:{Port}";
    }
}
