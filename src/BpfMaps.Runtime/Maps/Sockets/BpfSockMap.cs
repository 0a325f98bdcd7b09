using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// An array of sockets that programs redirect data and messages to (BPF_MAP_TYPE_SOCKMAP, Linux 4.14; lookups Linux 5.8).
/// </summary>
/// <remarks>
/// <inheritdoc cref="BpfSocketArray" path="/remarks"/>
/// The map accepts connected or listening TCP sockets, bound or connected UDP sockets, and connected Unix sockets. Requires CAP_NET_ADMIN.
/// </remarks>
public abstract class BpfSockMap : BpfSocketArray
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.SockMap];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys are not 4-byte indices.</exception>
    protected BpfSockMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }
}
