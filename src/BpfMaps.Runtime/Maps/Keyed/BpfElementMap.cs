using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Base class of maps with one value per key: updates and enumeration.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// An enumeration reads the map in batches. Elements that are added or removed during the enumeration may or may not be returned. In
/// hashes, each other key is returned exactly once (Linux 5.6); in tries, a key may be repeated or skipped if the key before it is removed.
/// </remarks>
[SkipLocalsInit]
public abstract partial class BpfElementMap<TKey, TValue> : BpfKeyedMap<TKey, TValue>, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>Initializes a typed map from an open map that matches the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">The declaration of the map.</param>
    /// <exception cref="ArgumentException">The sizes of the types differ from those of the map.</exception>
    private protected BpfElementMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema) { }

    /// <summary>Adds or replaces the value of a key (BPF_MAP_UPDATE_ELEM, Linux 3.18).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="BpfMapFullException">The key is new and the map is full.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void Set(in TKey key, in TValue value)
    {
        if (Update(in key, in value, BpfUpdateFlags.Any) == BpfUpdateResult.Full)
            ThrowFull();
    }

    /// <summary>Adds a new key (BPF_NOEXIST).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if the key already exists; nothing was written.</returns>
    /// <exception cref="BpfMapFullException">The map is full.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryAdd(in TKey key, in TValue value)
    {
        BpfUpdateResult result = Update(in key, in value, BpfUpdateFlags.NoExist);
        if (result == BpfUpdateResult.Full)
            ThrowFull();
        return result == BpfUpdateResult.Ok;
    }

    /// <summary>Replaces the value of an existing key (BPF_EXIST).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if the map has no such key; nothing was written.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryUpdate(in TKey key, in TValue value) => Update(in key, in value, BpfUpdateFlags.Exist) == BpfUpdateResult.Ok;

    /// <summary>Writes the value of a key and returns the result (BPF_MAP_UPDATE_ELEM, Linux 3.18).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="flags">Whether to add the element, to replace it, or either; and whether to hold the lock of the value.</param>
    /// <returns>The result of the update; a full map is not an exception.</returns>
    /// <exception cref="BpfException">The kernel returned an error; EINVAL if the flags are not valid for the map.</exception>
    public BpfUpdateResult Update(in TKey key, in TValue value, BpfUpdateFlags flags)
    {
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        return Raw.Write(keyBytes, in value, ValueFormat, flags);
    }

    /// <summary>Copies elements in batches until the spans are full or the map ends.</summary>
    /// <param name="keys">Receives the keys.</param>
    /// <param name="values">Receives the values; as long as <paramref name="keys"/>.</param>
    /// <returns>How many elements were copied. If it is the length of the spans, the map may have more.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public int CopyTo(Span<TKey> keys, Span<TValue> values)
    {
        ThrowIfLengthsDiffer(keys.Length, values.Length);
        int copied = 0;
        using BpfBatchCursor cursor = TypedCursor.Over(Raw, BpfBatchMode.Lookup);
        while (copied < keys.Length && cursor.MoveNext())
        {
            int count = Math.Min(cursor.Count, keys.Length - copied);
            cursor.Keys[..(count * Raw.KeySize)].CopyTo(MemoryMarshal.AsBytes(keys[copied..]));
            cursor.Values[..(count * Raw.ValueSize)].CopyTo(MemoryMarshal.AsBytes(values[copied..]));
            copied += count;
        }
        return copied;
    }

    /// <summary>Copies elements out of the map, in batches, until the span is full or the map is at its end.</summary>
    /// <param name="destination">Receives the elements.</param>
    /// <returns>How many elements were copied. If it is the length of the span, the map may have more.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public int CopyTo(Span<KeyValuePair<TKey, TValue>> destination)
    {
        int copied = 0;
        using BpfElementEnumerator<TKey, TValue> elements = GetEnumerator();
        while (copied < destination.Length && elements.MoveNext())
            destination[copied++] = elements.Current;
        return copied;
    }

    /// <summary>
    /// Enumerates the elements in batches (BPF_MAP_LOOKUP_BATCH, Linux 5.6; key by key before), without allocating per element.
    /// </summary>
    /// <returns>The enumerator.</returns>
    public BpfElementEnumerator<TKey, TValue> GetEnumerator() => new(Raw, BpfBatchMode.Lookup);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
