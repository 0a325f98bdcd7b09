using BpfMaps;

namespace Guard;

// The maps of bpf/guard.bpf.c. The compiler checks the declarations against the object, for the daemon and for guardctl.

/// <summary>The action for the packets of a network.</summary>
internal enum RuleAction : ushort
{
    Block = 1,
    Limit = 2,
    Allow = 3,
}

/// <summary>The origin of a rule.</summary>
internal enum RuleOrigin : ushort
{
    File = 1,
    Control = 2,
}

/// <summary>A rule of the blocklist. The longest prefix that contains a source decides.</summary>
internal struct Rule
{
    public ulong Packets;
    public ulong Added;
    public uint Limit;
    public RuleAction Action;
    public RuleOrigin Origin;

    public override readonly string ToString() => Action == RuleAction.Limit ? $"limit {Limit}" : Action.ToString().ToLowerInvariant();
}

[BpfMap(
    Type = BpfMapType.LpmTrie,
    Key = typeof(LpmKey<Be32>),
    Value = typeof(Rule),
    MaxEntries = 65_536,
    Name = "rules4",
    Object = "guard.bpf.o"
)]
internal sealed partial class Rules4Map;

[BpfMap(
    Type = BpfMapType.LpmTrie,
    Key = typeof(LpmKey<Bytes16>),
    Value = typeof(Rule),
    MaxEntries = 65_536,
    Name = "rules6",
    Object = "guard.bpf.o"
)]
internal sealed partial class Rules6Map;

/// <summary>Counters of a source. The map forgets the sources that were silent for longest.</summary>
[BpfMap(Type = BpfMapType.LruHash, Key = typeof(Address), MaxEntries = 65_536, Name = "sources", Object = "guard.bpf.o")]
internal struct Source
{
    public ulong Packets;
    public ulong Bytes;
    public ulong Dropped;
    public ulong Second;
    public ulong InSecond;
}

/// <summary>Counters of the filter since the first start.</summary>
[BpfMap(Type = BpfMapType.PerCpuArray, MaxEntries = 1, Name = "totals", Object = "guard.bpf.o")]
internal struct Totals
{
    public ulong Passed;
    public ulong Blocked;
    public ulong Limited;
    public ulong Unreported;
}

/// <summary>Settings, written by the daemon.</summary>
[BpfMap(Type = BpfMapType.Array, MaxEntries = 1, Name = "settings", Object = "guard.bpf.o")]
internal struct Settings
{
    public uint Limit;
    public uint Daemon;
    public ulong DaemonStarted;
    public BpfText<Bytes16> Interface;
}

/// <summary>Why a packet was dropped.</summary>
internal enum DropReason : byte
{
    Blocked = 1,
    Limited = 2,
}

/// <summary>A dropped packet.</summary>
[BpfMap(Type = BpfMapType.RingBuf, Name = "drops", Object = "guard.bpf.o", Record = "drop")]
internal struct Drop
{
    public ulong At;
    public Address Source;
    public Address Destination;
    public uint Length;
    public Be16 Port;
    public byte Protocol;
    public DropReason Reason;

    public override readonly string ToString()
    {
        string protocol = Protocol switch
        {
            1 or 58 => "icmp",
            6 => "tcp",
            17 => "udp",
            _ => $"protocol {Protocol}",
        };
        string to = Port.Value == 0 ? $"{Destination}" : $"{Destination} port {Port.Value}";
        return $"{Reason.ToString().ToLowerInvariant()} {Source} to {to}, {protocol}, {Length} bytes";
    }
}

[BpfMap(Type = BpfMapType.RingBuf, Value = typeof(Drop), Name = "watched_drops", Object = "guard.bpf.o", Record = "drop")]
internal sealed partial class WatchedDropsMap;

[BpfMap(Type = BpfMapType.Array, Value = typeof(ulong), MaxEntries = 1, Name = "watched_until", Object = "guard.bpf.o")]
internal sealed partial class WatchedUntilMap;
