using BpfMaps;

namespace QuickStart;

/// <summary>What went to a host: the value of the map. The class FlowStatsMap is generated from this declaration.</summary>
[BpfMap(Type = BpfMapType.Hash, MaxEntries = 1024)]
internal struct FlowStats
{
    public ulong Packets;
    public ulong Bytes;

    /// <summary>The host: the key of the map. Address and port are in network order, as a BPF program finds them in a packet.</summary>
    public struct Key
    {
        public Be32 Address;
        public Be16 Port;

        // A key is compared byte by byte, so C's padding has a name here.
        private readonly ushort _padding;

        public override readonly string ToString() => $"{Address.ToIPAddress()}:{Port}";
    }
}
