using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// An array of sockets that share a port with SO_REUSEPORT, of which a program chooses the one that gets a packet or a connection
/// (BPF_MAP_TYPE_REUSEPORT_SOCKARRAY, Linux 4.19).
/// </summary>
/// <remarks>
/// <inheritdoc cref="BpfSocketArray" path="/remarks"/>
/// It takes UDP sockets that are bound and TCP sockets that listen, with SO_REUSEPORT
/// set before they were bound. A socket is in one slot of one such array at a time.
/// </remarks>
public abstract class BpfReusePortSockArray : BpfSocketArray
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.ReusePortSockArray];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys are not 4-byte indices.</exception>
    protected BpfReusePortSockArray(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }
}
