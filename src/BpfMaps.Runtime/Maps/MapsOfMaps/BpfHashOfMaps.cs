using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>A hash table of maps, which programs look up by key (BPF_MAP_TYPE_HASH_OF_MAPS, Linux 4.12).</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TInner">
/// The class of the inner maps. They have the same type, key, value and flags; arrays also the same length, unless they have
/// <see cref="BpfMapFlags.InnerMap"/> (before Linux 5.10, all the same capacity).
/// </typeparam>
/// <remarks>
/// An element keeps its inner map alive even if all descriptors are closed. A lookup returns the id of the inner map; opening a map by id
/// requires CAP_SYS_ADMIN. Replacing a map waits until no program uses the previous one, which takes milliseconds.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfHashOfMaps<TKey, TInner> : BpfKeyedMap<TKey>, IEnumerable<KeyValuePair<TKey, uint>>
    where TKey : unmanaged
    where TInner : BpfMap
{
    private protected sealed override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.HashOfMaps];

    private readonly InnerMaps<TInner> _inner;

    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <param name="open">Creates the typed inner map, which then owns the map, and compares it with its declaration.</param>
    /// <exception cref="ArgumentException">The size of the keys differs from that of the map.</exception>
    protected BpfHashOfMaps(RawMap raw, BpfMapSchema schema, Func<RawMap, TInner> open)
        : base(raw, schema)
    {
        ArgumentNullException.ThrowIfNull(open);
        _inner = new InnerMaps<TInner>(raw, schema, open);
    }

    /// <summary>Adds or replaces the map of a key (BPF_MAP_UPDATE_ELEM, Linux 4.12).</summary>
    /// <param name="key">The key.</param>
    /// <param name="inner">The inner map. The caller keeps it.</param>
    /// <exception cref="BpfMapFullException">The key is new and the hash is full.</exception>
    /// <exception cref="BpfException">
    /// The inner map differs from the template of the map (EINVAL); the message lists the differences.
    /// </exception>
    public void Set(in TKey key, TInner inner)
    {
        if (Update(in key, inner, BpfUpdateFlags.Any) == BpfUpdateResult.Full)
            ThrowFull();
    }

    /// <summary>Adds the map of a new key (BPF_NOEXIST).</summary>
    /// <param name="key">The key.</param>
    /// <param name="inner">The inner map. The caller keeps it.</param>
    /// <returns><see langword="false"/> if the key already exists; nothing was written.</returns>
    /// <exception cref="BpfMapFullException">The hash is full.</exception>
    /// <exception cref="BpfException">
    /// The inner map differs from the template of the map (EINVAL); the message lists the differences.
    /// </exception>
    public bool TryAdd(in TKey key, TInner inner)
    {
        BpfUpdateResult result = Update(in key, inner, BpfUpdateFlags.NoExist);
        if (result == BpfUpdateResult.Full)
            ThrowFull();
        return result == BpfUpdateResult.Ok;
    }

    /// <summary>Replaces the map of an existing key (BPF_EXIST).</summary>
    /// <param name="key">The key.</param>
    /// <param name="inner">The inner map. The caller keeps it.</param>
    /// <returns><see langword="false"/> if the hash has no such key; nothing was written.</returns>
    /// <exception cref="BpfException">
    /// The inner map differs from the template of the map (EINVAL); the message lists the differences.
    /// </exception>
    public bool TryUpdate(in TKey key, TInner inner) => Update(in key, inner, BpfUpdateFlags.Exist) == BpfUpdateResult.Ok;

    /// <summary>Writes the map of a key and returns the result (BPF_MAP_UPDATE_ELEM, Linux 4.12).</summary>
    /// <param name="key">The key.</param>
    /// <param name="inner">The inner map. The caller keeps it.</param>
    /// <param name="flags">Whether to add the element, to replace it, or either.</param>
    /// <returns>The result of the update; a full hash is not an exception.</returns>
    /// <exception cref="BpfException">The inner map differs from the template of the hash, or the flags are not valid (EINVAL).</exception>
    internal BpfUpdateResult Update(in TKey key, TInner inner, BpfUpdateFlags flags)
    {
        using CleanBytes<TKey> keyBytes = new(in key, KeyFormat, stackalloc byte[KeyFormat.ScratchSize]);
        return _inner.Update(keyBytes.Bytes, inner, flags);
    }

    /// <summary>Adds or replaces the maps of many keys (BPF_MAP_UPDATE_BATCH, Linux 5.6; one by one before).</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="inners">One map per key. The caller keeps them.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="BpfMapFullException">The hash is full. The elements before were written; the message says how many.</exception>
    /// <exception cref="BpfException">
    /// An inner map differs from the template of the hash (EINVAL). Those before it were written.
    /// </exception>
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

    /// <summary>
    /// Opens the map of a key (BPF_MAP_LOOKUP_ELEM; BPF_MAP_GET_FD_BY_ID, Linux 4.13) and compares it with the declaration of the inner
    /// maps.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="inner">The inner map, to be disposed by the caller; <see langword="null"/> on a miss.</param>
    /// <returns><see langword="false"/> if the hash has no such key.</returns>
    /// <exception cref="BpfMapMismatchException">
    /// The inner map does not match its declaration; the message lists all differences.
    /// </exception>
    /// <exception cref="BpfPermissionException">Opening a map by its id requires CAP_SYS_ADMIN.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGet(in TKey key, [NotNullWhen(true)] out TInner? inner)
    {
        using CleanBytes<TKey> keyBytes = new(in key, KeyFormat, stackalloc byte[KeyFormat.ScratchSize]);
        return _inner.TryOpen(keyBytes.Bytes, out inner);
    }

    /// <summary>Gets the id of the map of a key, without opening it (BPF_MAP_LOOKUP_ELEM, Linux 4.12).</summary>
    /// <param name="key">The key.</param>
    /// <param name="id">The id of the inner map (<see cref="BpfMapInfo.Id"/>); 0 on a miss.</param>
    /// <returns><see langword="false"/> if the hash has no such key.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetId(in TKey key, out uint id)
    {
        using CleanBytes<TKey> keyBytes = new(in key, KeyFormat, stackalloc byte[KeyFormat.ScratchSize]);
        return _inner.TryGetId(keyBytes.Bytes, out id);
    }

    /// <summary>Returns whether a key exists. Costs as much as reading the id.</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if the hash has no such key.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool ContainsKey(in TKey key) => TryGetId(in key, out _);

    /// <summary>
    /// Enumerates the keys and the ids of their maps in batches (BPF_MAP_LOOKUP_BATCH, Linux 5.13; key by key before), without allocating
    /// per element.
    /// </summary>
    /// <returns>The enumerator.</returns>
    public BpfElementEnumerator<TKey, uint> GetEnumerator() => new(Raw, BpfBatchMode.Lookup);

    IEnumerator<KeyValuePair<TKey, uint>> IEnumerable<KeyValuePair<TKey, uint>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
