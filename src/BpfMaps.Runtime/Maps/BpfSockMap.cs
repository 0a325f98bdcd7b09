using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>An array of sockets that programs redirect data and messages to (BPF_MAP_TYPE_SOCKMAP, Linux 4.14; lookups Linux 5.8).</summary>
/// <remarks>
/// <inheritdoc cref="BpfSocketArray" path="/remarks"/>
/// It takes TCP sockets that are connected or listen, UDP sockets that are bound or connected, and connected Unix sockets. Needs CAP_NET_ADMIN.
/// </remarks>
public abstract class BpfSockMap : BpfSocketArray
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.SockMap];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The keys are no indices of 4 bytes.</exception>
    protected BpfSockMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }
}
