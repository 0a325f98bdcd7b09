using System.Net.Sockets;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Values that belong to sockets (BPF_MAP_TYPE_SK_STORAGE, Linux 5.2). Programs use <c>bpf_sk_storage_get</c>.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// <inheritdoc cref="BpfLocalStorage{TOwner, TValue}" path="/remarks"/>
/// Sockets of all families are supported. A value exists as long as its socket, not as long as the descriptor. With
/// <see cref="BpfMapFlags.Clone"/> (Linux 5.4), an accepted connection gets a copy of the value of its listener.
/// </remarks>
public abstract class BpfSkStorage<TValue> : BpfLocalStorage<Socket, TValue>
    where TValue : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.SkStorage];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">
    /// The size of the values differs from that of the map, or its keys are not descriptors.
    /// </exception>
    protected BpfSkStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    private protected sealed override OpenedOwner Open(Socket owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        return new(owner.SafeHandle, isBorrowed: true);
    }
}
