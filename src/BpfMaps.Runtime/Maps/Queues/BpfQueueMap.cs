using System.Runtime.CompilerServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>A first-in first-out queue without keys (BPF_MAP_TYPE_QUEUE, Linux 4.20).</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <remarks>Every operation is one system call and allocates nothing.</remarks>
[SkipLocalsInit]
public abstract class BpfQueueMap<T> : BpfMap
    where T : unmanaged
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.Queue];

    private readonly PushPopElements<T> _elements;

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The size of the type differs from that of the map.</exception>
    protected BpfQueueMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) => _elements = new(raw, CheckSize<T>(schema.Value, raw.ValueSize, "value"));

    /// <summary>Adds an element at the end of the queue (BPF_MAP_UPDATE_ELEM, Linux 4.20).</summary>
    /// <param name="value">The element.</param>
    /// <returns><see langword="false"/> if the queue is full; nothing was added.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryEnqueue(in T value) => _elements.TryPush(in value);

    /// <summary>
    /// Adds an element at the end of the queue, and drops the oldest element if the queue is full (BPF_MAP_UPDATE_ELEM with BPF_EXIST,
    /// Linux 4.20).
    /// </summary>
    /// <param name="value">The element.</param>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void EnqueueDroppingOldest(in T value) => _elements.PushDroppingOldest(in value);

    /// <summary>Removes and returns the element at the beginning of the queue (BPF_MAP_LOOKUP_AND_DELETE_ELEM, Linux 4.20).</summary>
    /// <param name="value">The element; <see langword="default"/> if the queue is empty.</param>
    /// <returns><see langword="false"/> if the queue is empty.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryDequeue(out T value) => _elements.TryPop(out value);

    /// <summary>Returns the element at the beginning of the queue without removing it (BPF_MAP_LOOKUP_ELEM, Linux 4.20).</summary>
    /// <param name="value">The element; <see langword="default"/> if the queue is empty.</param>
    /// <returns><see langword="false"/> if the queue is empty.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryPeek(out T value) => _elements.TryPeek(out value);
}
