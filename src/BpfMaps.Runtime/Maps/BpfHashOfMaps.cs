using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>A hash table of maps (BPF_MAP_TYPE_HASH_OF_MAPS, Linux 4.12): a key finds one, which programs look up and use.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TInner">The class of the inner maps. All of them have one kind, key, value and flags; arrays also one length, unless they have <see cref="BpfMapFlags.InnerMap"/> (before Linux 5.10 every kind one capacity).</typeparam>
/// <remarks>
/// An element keeps its inner map alive when all descriptors are closed. It gives the inner map's id, never a descriptor: opening by id needs CAP_SYS_ADMIN.
/// Replacing a map waits until no program uses the one that was there before, which takes milliseconds.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfHashOfMaps<TKey, TInner> : BpfKeyedMap<TKey>, IEnumerable<KeyValuePair<TKey, uint>>
    where TKey : unmanaged
    where TInner : BpfMap
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.HashOfMaps];

    private readonly InnerMaps<TInner> _inner;

    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <param name="open">Puts types on an inner map, and owns it if it succeeds; checks that it is the declared one.</param>
    /// <exception cref="ArgumentException">The size of the keys is not that of the map.</exception>
    protected BpfHashOfMaps(RawMap raw, BpfMapSchema schema, Func<RawMap, TInner> open)
        : base(raw, schema)
    {
        ArgumentNullException.ThrowIfNull(open);
        _inner = new InnerMaps<TInner>(raw, schema, open);
    }

    /// <summary>Adds or replaces the map of a key (BPF_MAP_UPDATE_ELEM, Linux 4.12).</summary>
    /// <param name="key">The key.</param>
    /// <param name="inner">The inner map; it stays the caller's.</param>
    /// <exception cref="BpfMapFullException">The key is new and the hash has no room for it.</exception>
    /// <exception cref="BpfException">The inner map has another shape than the hash was created for (EINVAL); the message says in what.</exception>
    public void Set(in TKey key, TInner inner)
    {
        if (Update(in key, inner, BpfUpdateFlags.Any) == BpfUpdateResult.Full)
            ThrowFull();
    }

    /// <summary>Adds the map of a key that is not there yet (BPF_NOEXIST).</summary>
    /// <param name="key">The key.</param>
    /// <param name="inner">The inner map; it stays the caller's.</param>
    /// <returns><see langword="false"/> if the key is there already; its map is left as it is.</returns>
    /// <exception cref="BpfMapFullException">The hash has no room for the key.</exception>
    /// <exception cref="BpfException">The inner map has another shape than the hash was created for (EINVAL); the message says in what.</exception>
    public bool TryAdd(in TKey key, TInner inner)
    {
        BpfUpdateResult result = Update(in key, inner, BpfUpdateFlags.NoExist);
        if (result == BpfUpdateResult.Full)
            ThrowFull();
        return result == BpfUpdateResult.Ok;
    }

    /// <summary>Replaces the map of a key that is there (BPF_EXIST).</summary>
    /// <param name="key">The key.</param>
    /// <param name="inner">The inner map; it stays the caller's.</param>
    /// <returns><see langword="false"/> if the hash has no such key; nothing is added.</returns>
    /// <exception cref="BpfException">The inner map has another shape than the hash was created for (EINVAL); the message says in what.</exception>
    public bool TryUpdate(in TKey key, TInner inner) => Update(in key, inner, BpfUpdateFlags.Exist) == BpfUpdateResult.Ok;

    /// <summary>Writes the map of a key and tells what became of it (BPF_MAP_UPDATE_ELEM, Linux 4.12).</summary>
    /// <param name="key">The key.</param>
    /// <param name="inner">The inner map; it stays the caller's.</param>
    /// <param name="flags">Whether to add, to replace or either.</param>
    /// <returns>What became of it; nothing is thrown for a full hash.</returns>
    /// <exception cref="BpfException">The inner map has another shape than the hash was created for, or the flags do not fit (EINVAL).</exception>
    public BpfUpdateResult Update(in TKey key, TInner inner, BpfUpdateFlags flags)
    {
        using CleanBytes<TKey> keyBytes = new(in key, KeyFormat, stackalloc byte[KeyFormat.ScratchSize]);
        return _inner.Update(keyBytes.Bytes, inner, flags);
    }

    /// <summary>Adds or replaces the maps of many keys (BPF_MAP_UPDATE_BATCH, Linux 5.6; one by one before).</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="inners">Their maps, as many; they stay the caller's.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="BpfMapFullException">The hash has no room for one of them. Those before are written; the message says how many.</exception>
    /// <exception cref="BpfException">An inner map has another shape than the hash was created for (EINVAL). Those before it are written.</exception>
    public void SetRange(ReadOnlySpan<TKey> keys, ReadOnlySpan<TInner> inners)
    {
        if (keys.Length != inners.Length)
            throw new ArgumentException($"There are {keys.Length} keys and {inners.Length} maps.", nameof(inners));
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(keys);
        using ScratchBuffer copy = new(default, KeyFormat.HasPadding ? bytes.Length : 0);
        if (KeyFormat.HasPadding)
        {
            KeyFormat.CopyClean(bytes, copy.Bytes);
            bytes = copy.Bytes;
        }
        if (!_inner.UpdateRange(bytes, inners, out int written))
            ThrowFull($"{written} of {keys.Length} elements were written.");
    }

    /// <summary>Opens the map of a key (BPF_MAP_LOOKUP_ELEM; BPF_MAP_GET_FD_BY_ID, Linux 4.13) and checks that it is the declared inner map.</summary>
    /// <param name="key">The key.</param>
    /// <param name="inner">The inner map, to dispose; <see langword="null"/> on a miss.</param>
    /// <returns><see langword="false"/> if the hash has no such key.</returns>
    /// <exception cref="BpfMapMismatchException">The inner map is not the declared one; all differences are listed.</exception>
    /// <exception cref="BpfPermissionException">Opening a map by its id needs CAP_SYS_ADMIN.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGet(in TKey key, [NotNullWhen(true)] out TInner? inner)
    {
        using CleanBytes<TKey> keyBytes = new(in key, KeyFormat, stackalloc byte[KeyFormat.ScratchSize]);
        return _inner.TryOpen(keyBytes.Bytes, out inner);
    }

    /// <summary>Gets the id of the map of a key, without opening it (BPF_MAP_LOOKUP_ELEM, Linux 4.12).</summary>
    /// <param name="key">The key.</param>
    /// <param name="id">The inner map's <see cref="BpfMapInfo.Id"/>; 0 on a miss.</param>
    /// <returns><see langword="false"/> if the hash has no such key.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryGetId(in TKey key, out uint id)
    {
        using CleanBytes<TKey> keyBytes = new(in key, KeyFormat, stackalloc byte[KeyFormat.ScratchSize]);
        return _inner.TryGetId(keyBytes.Bytes, out id);
    }

    /// <summary>Whether the hash has a key. Costs as much as reading the id.</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if the hash has no such key.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool ContainsKey(in TKey key) => TryGetId(in key, out _);

    /// <summary>Walks over the keys and the ids of their maps in batches (BPF_MAP_LOOKUP_BATCH, Linux 5.13; key by key before). Nothing is allocated per element.</summary>
    /// <returns>The enumerator.</returns>
    public BpfElementEnumerator<TKey, uint> GetEnumerator() => new(Raw, BpfBatchMode.Lookup);

    IEnumerator<KeyValuePair<TKey, uint>> IEnumerable<KeyValuePair<TKey, uint>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
