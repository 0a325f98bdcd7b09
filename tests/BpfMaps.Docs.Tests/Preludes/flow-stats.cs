using BpfMaps;

[BpfMap(Type = BpfMapType.Hash, MaxEntries = 65_536)]
public struct FlowStats
{
    public struct Key
    {
        public Be32 Address;
        public Be16 Port;
        private ushort _padding;
    }

    public ulong Packets;
    public ulong Bytes;
}
