using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>A hash table of network interfaces that XDP programs redirect packets to with <c>bpf_redirect_map</c> (BPF_MAP_TYPE_DEVMAP_HASH, Linux 5.4). Its keys are any numbers, often the interface's own index.</summary>
/// <inheritdoc cref="BpfDevMap" path="/remarks"/>
[SkipLocalsInit]
public abstract class BpfDevMapHash : BpfKeyedMap<uint>, IEnumerable<KeyValuePair<uint, BpfDevMapValue>>
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.DevMapHash];

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The keys have not 4 bytes.</exception>
    protected BpfDevMapHash(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Adds or replaces the interface of a key (BPF_MAP_UPDATE_ELEM, Linux 5.4; programs Linux 5.8).</summary>
    /// <param name="key">The key.</param>
    /// <param name="interfaceIndex">The interface's index, as <c>ip link</c> shows it.</param>
    /// <param name="egressProgram">A descriptor of a program for packets on their way out, loaded with the expected attach type BPF_XDP_DEVMAP; it stays the caller's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interface's index is not positive.</exception>
    /// <exception cref="InvalidOperationException">A program was given, and the map was created without room for one.</exception>
    /// <exception cref="BpfMapFullException">The key is new and the map has no room for it.</exception>
    /// <exception cref="BpfException">There is no such interface, or the program is another one (EINVAL).</exception>
    public void Set(uint key, int interfaceIndex, SafeHandle? egressProgram = null) => Update(key, interfaceIndex, egressProgram, BpfUpdateFlags.Any);

    /// <summary>Adds the interface of a key that is not there yet (BPF_NOEXIST).</summary>
    /// <returns><see langword="false"/> if the key is there already; its interface is left as it is.</returns>
    /// <inheritdoc cref="Set"/>
    public bool TryAdd(uint key, int interfaceIndex, SafeHandle? egressProgram = null) =>
        Update(key, interfaceIndex, egressProgram, BpfUpdateFlags.NoExist) == BpfUpdateResult.Ok;

    /// <summary>Tells the interface of a key (BPF_MAP_LOOKUP_ELEM, Linux 5.4).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The interface and its program; <see langword="default"/> on a miss.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGetValue(uint key, out BpfDevMapValue value) => SlotReading.TryRead(Raw, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)), out value);

    /// <summary>Whether the map has a key. Costs as much as reading the value.</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool ContainsKey(uint key) => TryGetValue(key, out _);

    /// <summary>Walks over the keys and their interfaces, key by key: the kernel has no batches for such maps. Nothing is allocated per element.</summary>
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
