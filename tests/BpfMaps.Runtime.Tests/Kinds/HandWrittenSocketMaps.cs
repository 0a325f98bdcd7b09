using BpfMaps.Metadata;

namespace BpfMaps.Tests;

// Maps of sockets, as the generator emits them.

internal sealed class PeersMap : BpfSockMap
{
    private PeersMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.SockMap,
            Name = "peers",
            MaxEntries = 4,
            Key = BpfTypeLayout.Of<uint>(),
        };

    public static PeersMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static PeersMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

/// <summary>A map without support for lookups.</summary>
internal sealed class QuietPeersMap : BpfSockMap
{
    private QuietPeersMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.SockMap,
            Name = "quiet_peers",
            MaxEntries = 4,
            Key = BpfTypeLayout.Of<uint>(),
            ValueSize = 4,
        };

    public static QuietPeersMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static QuietPeersMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

/// <summary>Keys with padding.</summary>
internal sealed class PeersByFlowMap : BpfSockHash<FlowKey>
{
    private PeersByFlowMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.SockHash,
            Name = "by_flow",
            MaxEntries = 2,
            Key = FlowKey.Layout,
        };

    public static PeersByFlowMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static PeersByFlowMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}

/// <summary>Keys of 8 bytes, the size of a cookie.</summary>
internal sealed class PeersByCookieMap : BpfSockHash<ulong>
{
    private PeersByCookieMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.SockHash,
            Name = "by_cookie",
            MaxEntries = 2,
            Key = BpfTypeLayout.Of<ulong>(),
        };

    public static PeersByCookieMap Create(BpfHost? host = null) => new(Schema.Create(null, host));
}

internal sealed class WorkersMap : BpfReusePortSockArray
{
    private WorkersMap(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.ReusePortSockArray,
            Name = "workers",
            MaxEntries = 4,
            Key = BpfTypeLayout.Of<uint>(),
        };

    public static WorkersMap Create(BpfHost? host = null) => new(Schema.Create(null, host));

    public static WorkersMap FromRaw(RawMap raw) => new(Schema.Validate(raw));
}
