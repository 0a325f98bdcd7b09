using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// An array of maps (BPF_MAP_TYPE_ARRAY_OF_MAPS, Linux 4.12). Each slot is empty or contains a map that programs can look up.
/// </summary>
/// <typeparam name="TInner">
/// The class of the inner maps. They have the same type, key, value and flags; arrays also the same length, unless they have
/// <see cref="BpfMapFlags.InnerMap"/> (before Linux 5.10, all the same capacity).
/// </typeparam>
/// <remarks>
/// A slot keeps its inner map alive even if all descriptors are closed. A lookup returns the id of the inner map; opening a map by id
/// requires CAP_SYS_ADMIN. Writing to a slot waits until no program uses the previous map, which takes milliseconds; <see cref="SetRange"/>
/// waits once.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfArrayOfMaps<TInner> : BpfIndexedMap, IEnumerable<KeyValuePair<int, uint>>
    where TInner : BpfMap
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.ArrayOfMaps];

    private readonly InnerMaps<TInner> _inner;

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <param name="open">Creates the typed inner map, which then owns the map, and compares it with its declaration.</param>
    /// <exception cref="ArgumentException">The keys are not 4-byte indices.</exception>
    protected BpfArrayOfMaps(RawMap raw, BpfMapSchema schema, Func<RawMap, TInner> open)
        : base(raw, schema)
    {
        ArgumentNullException.ThrowIfNull(open);
        _inner = new InnerMaps<TInner>(raw, schema, open);
    }

    /// <summary>Sets the map of a slot (BPF_MAP_UPDATE_ELEM, Linux 4.12).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="inner">The inner map. The caller keeps it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">
    /// The inner map differs from the template of the array (EINVAL); the message lists the differences.
    /// </exception>
    public void Set(int index, TInner inner) => _inner.Update(KeyOf(in index), inner, BpfUpdateFlags.Any);

    /// <summary>Sets the maps of consecutive slots (BPF_MAP_UPDATE_BATCH, Linux 5.6; one by one before).</summary>
    /// <param name="index">The index of the first element.</param>
    /// <param name="inners">The inner maps. The caller keeps them.</param>
    /// <exception cref="ArgumentOutOfRangeException">They exceed the end of the array; nothing was written.</exception>
    /// <exception cref="BpfException">
    /// An inner map differs from the template of the array (EINVAL). Those before it were written.
    /// </exception>
    public void SetRange(int index, ReadOnlySpan<TInner> inners)
    {
        if ((uint)index > (uint)Length)
            ThrowOutOfRange(index);
        if (inners.Length > Length - index)
            throw new ArgumentOutOfRangeException(
                nameof(inners),
                inners.Length,
                $"Map {Raw} has {Length} slots; {inners.Length} maps do not fit at index {index}."
            );
        using ScratchBuffer keys = new(default, inners.Length * sizeof(int));
        Span<int> indices = MemoryMarshal.Cast<byte, int>(keys.Bytes);
        for (int offset = 0; offset < indices.Length; offset++)
            indices[offset] = index + offset;
        _inner.UpdateRange(keys.Bytes, inners, out _);
    }

    /// <summary>
    /// Opens the map in a slot (BPF_MAP_LOOKUP_ELEM; BPF_MAP_GET_FD_BY_ID, Linux 4.13) and compares it with the declaration of the inner
    /// maps.
    /// </summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="inner">The inner map, to be disposed by the caller; <see langword="null"/> if the slot is empty.</param>
    /// <returns><see langword="false"/> if the slot is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfMapMismatchException">
    /// The inner map does not match its declaration; the message lists all differences.
    /// </exception>
    /// <exception cref="BpfPermissionException">Opening a map by its id requires CAP_SYS_ADMIN.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGet(int index, [NotNullWhen(true)] out TInner? inner) => _inner.TryOpen(KeyOf(in index), out inner);

    /// <summary>Gets the id of the map in a slot, without opening it (BPF_MAP_LOOKUP_ELEM, Linux 4.12).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="id">The id of the inner map (<see cref="BpfMapInfo.Id"/>); 0 if the slot is empty.</param>
    /// <returns><see langword="false"/> if the slot is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetId(int index, out uint id) => _inner.TryGetId(KeyOf(in index), out id);

    /// <summary>Empties a slot (BPF_MAP_DELETE_ELEM, Linux 4.12).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <returns><see langword="false"/> if the slot was already empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the array.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool Remove(int index) => Raw.Delete(KeyOf(in index));

    /// <summary>Empties all slots, one by one because the kernel has no batch operation for it.</summary>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void Clear()
    {
        using BpfElementEnumerator<int, uint> filled = GetEnumerator();
        while (filled.MoveNext())
            Remove(filled.Current.Key);
    }

    /// <summary>Counts the filled slots by enumerating them.</summary>
    /// <returns>The number of elements, approximate if the map is modified during the call.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public int Count()
    {
        int count = 0;
        using BpfElementEnumerator<int, uint> filled = GetEnumerator();
        while (filled.MoveNext())
            count++;
        return count;
    }

    /// <summary>
    /// Enumerates the indices of the filled slots and the ids of their maps, in batches (BPF_MAP_LOOKUP_BATCH, Linux 5.6; slot by slot
    /// before). Nothing is allocated per slot.
    /// </summary>
    /// <returns>The enumerator.</returns>
    public BpfElementEnumerator<int, uint> GetEnumerator() => new(Raw, BpfBatchMode.Lookup);

    IEnumerator<KeyValuePair<int, uint>> IEnumerable<KeyValuePair<int, uint>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
