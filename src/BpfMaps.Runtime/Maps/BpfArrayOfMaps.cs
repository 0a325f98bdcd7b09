using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>An array of maps (BPF_MAP_TYPE_ARRAY_OF_MAPS, Linux 4.12). A slot is empty or holds one, which programs look up and use.</summary>
/// <typeparam name="TInner">The class of the inner maps. All of them have one kind, key, value and flags; arrays also one length, unless they have <see cref="BpfMapFlags.InnerMap"/> (before Linux 5.10 every kind one capacity).</typeparam>
/// <remarks>
/// A slot keeps its inner map alive when all descriptors are closed. It gives the inner map's id, never a descriptor: opening by id needs CAP_SYS_ADMIN.
/// Writing to a slot waits until no program uses the map that was there before, which takes milliseconds; <see cref="SetRange"/> waits once.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfArrayOfMaps<TInner> : BpfIndexedMap, IEnumerable<KeyValuePair<int, uint>>
    where TInner : BpfMap
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.ArrayOfMaps];

    private readonly InnerMaps<TInner> _inner;

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <param name="open">Puts types on an inner map, and owns it if it succeeds; checks that it is the declared one.</param>
    /// <exception cref="ArgumentException">The keys are no indices of 4 bytes.</exception>
    protected BpfArrayOfMaps(RawMap raw, BpfMapSchema schema, Func<RawMap, TInner> open)
        : base(raw, schema)
    {
        ArgumentNullException.ThrowIfNull(open);
        _inner = new InnerMaps<TInner>(raw, schema, open);
    }

    /// <summary>Puts a map into a slot, in place of what is there (BPF_MAP_UPDATE_ELEM, Linux 4.12).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="inner">The inner map; it stays the caller's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="BpfException">The inner map has another shape than the array was created for (EINVAL); the message says in what.</exception>
    public void Set(int index, TInner inner) => _inner.Update(KeyOf(in index), inner, BpfUpdateFlags.Any);

    /// <summary>Puts maps into slots in a row (BPF_MAP_UPDATE_BATCH, Linux 5.6; one by one before).</summary>
    /// <param name="index">Where the first one goes.</param>
    /// <param name="inners">The inner maps; they stay the caller's.</param>
    /// <exception cref="ArgumentOutOfRangeException">They reach past the end of the array; nothing was written.</exception>
    /// <exception cref="BpfException">An inner map has another shape than the array was created for (EINVAL). Those before it are written.</exception>
    public void SetRange(int index, ReadOnlySpan<TInner> inners)
    {
        if ((uint)index > (uint)Length)
            ThrowOutOfRange(index);
        if (inners.Length > Length - index)
            throw new ArgumentOutOfRangeException(nameof(inners), inners.Length, $"Map {Raw} has {Length} slots: from index {index} on, {Length - index} can be written, not {inners.Length}.");
        using ScratchBuffer keys = new(default, inners.Length * sizeof(int));
        Span<int> indices = MemoryMarshal.Cast<byte, int>(keys.Bytes);
        for (int offset = 0; offset < indices.Length; offset++)
            indices[offset] = index + offset;
        _inner.UpdateRange(keys.Bytes, inners, out _);
    }

    /// <summary>Opens the map in a slot (BPF_MAP_LOOKUP_ELEM; BPF_MAP_GET_FD_BY_ID, Linux 4.13) and checks that it is the declared inner map.</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="inner">The inner map, to dispose; <see langword="null"/> if the slot is empty.</param>
    /// <returns><see langword="false"/> if the slot is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="BpfMapMismatchException">The inner map is not the declared one; all differences are listed.</exception>
    /// <exception cref="BpfPermissionException">Opening a map by its id needs CAP_SYS_ADMIN.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGet(int index, [NotNullWhen(true)] out TInner? inner) => _inner.TryOpen(KeyOf(in index), out inner);

    /// <summary>Gets the id of the map in a slot, without opening it (BPF_MAP_LOOKUP_ELEM, Linux 4.12).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <param name="id">The inner map's <see cref="BpfMapInfo.Id"/>; 0 if the slot is empty.</param>
    /// <returns><see langword="false"/> if the slot is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGetId(int index, out uint id) => _inner.TryGetId(KeyOf(in index), out id);

    /// <summary>Empties a slot (BPF_MAP_DELETE_ELEM, Linux 4.12).</summary>
    /// <param name="index">0 to <see cref="BpfIndexedMap.Length"/> - 1.</param>
    /// <returns><see langword="false"/> if the slot is empty already.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The array has no such slot.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool Remove(int index) => Raw.Delete(KeyOf(in index));

    /// <summary>Empties the filled slots, one after another: the kernel has no batch for it.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Clear()
    {
        using BpfElementEnumerator<int, uint> filled = GetEnumerator();
        while (filled.MoveNext())
            Remove(filled.Current.Key);
    }

    /// <summary>Counts the filled slots by walking over all of them.</summary>
    /// <returns>How many there were; while others write, a number near it.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public int Count()
    {
        int count = 0;
        using BpfElementEnumerator<int, uint> filled = GetEnumerator();
        while (filled.MoveNext())
            count++;
        return count;
    }

    /// <summary>Walks over the filled slots, their indices and the ids of their maps, in batches (BPF_MAP_LOOKUP_BATCH, Linux 5.6; slot by slot before). Nothing is allocated per slot.</summary>
    /// <returns>The enumerator.</returns>
    public BpfElementEnumerator<int, uint> GetEnumerator() => new(Raw, BpfBatchMode.Lookup);

    IEnumerator<KeyValuePair<int, uint>> IEnumerable<KeyValuePair<int, uint>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
