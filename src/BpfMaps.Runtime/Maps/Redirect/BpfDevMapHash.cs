using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// A hash table of network interfaces that XDP programs redirect packets to with <c>bpf_redirect_map</c> (BPF_MAP_TYPE_DEVMAP_HASH, Linux
/// 5.4). Keys are arbitrary numbers, often the index of the interface.
/// </summary>
/// <inheritdoc cref="BpfDevMap" path="/remarks"/>
[SkipLocalsInit]
public abstract class BpfDevMapHash : BpfKeyedMap<uint>, IEnumerable<KeyValuePair<uint, BpfDevMapValue>>
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.DevMapHash];

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The keys do not have 4 bytes.</exception>
    protected BpfDevMapHash(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Adds or replaces the interface of a key (BPF_MAP_UPDATE_ELEM, Linux 5.4; programs Linux 5.8).</summary>
    /// <param name="key">The key.</param>
    /// <param name="interfaceIndex">The index of the interface, see <c>ip link</c>.</param>
    /// <param name="egressProgram">
    /// A descriptor of a program that is run on the packets on egress, loaded with the expected attach type BPF_XDP_DEVMAP. The caller
    /// keeps it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The interface index is not positive.</exception>
    /// <exception cref="InvalidOperationException">A program was given, but the map was created without space for one.</exception>
    /// <exception cref="BpfMapFullException">The key is new and the map is full.</exception>
    /// <exception cref="BpfException">The interface does not exist, or the program has another attach type (EINVAL).</exception>
    public void Set(uint key, int interfaceIndex, SafeHandle? egressProgram = null) =>
        Update(key, interfaceIndex, egressProgram, BpfUpdateFlags.Any);

    /// <summary>Adds the interface of a new key (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the key already exists; nothing was written.</returns>
    /// <inheritdoc cref="Set"/>
    public bool TryAdd(uint key, int interfaceIndex, SafeHandle? egressProgram = null) =>
        Update(key, interfaceIndex, egressProgram, BpfUpdateFlags.NoExist) == BpfUpdateResult.Ok;

    /// <summary>Gets the interface of a key (BPF_MAP_LOOKUP_ELEM, Linux 5.4).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The interface and its program; <see langword="default"/> on a miss.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetValue(uint key, out BpfDevMapValue value) =>
        SlotReading.TryRead(Raw, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)), out value);

    /// <summary>Returns whether a key exists. Costs as much as reading the value.</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool ContainsKey(uint key) => TryGetValue(key, out _);

    /// <summary>
    /// Enumerates the keys and their interfaces, key by key because the kernel has no batches for this map type, without allocating per
    /// element.
    /// </summary>
    /// <returns>The enumerator.</returns>
    public BpfElementEnumerator<uint, BpfDevMapValue> GetEnumerator() => new(Raw, BpfBatchMode.Lookup);

    IEnumerator<KeyValuePair<uint, BpfDevMapValue>> IEnumerable<KeyValuePair<uint, BpfDevMapValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private BpfUpdateResult Update(uint key, int interfaceIndex, SafeHandle? program, BpfUpdateFlags flags)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interfaceIndex);
        using NumberWithProgram value = new(Raw, interfaceIndex, program, stackalloc byte[NumberWithProgram.Size]);
        BpfUpdateResult result = Raw.Update(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)), value.Bytes, flags);
        if (result == BpfUpdateResult.Full)
            ThrowFull();
        return result;
    }
}
