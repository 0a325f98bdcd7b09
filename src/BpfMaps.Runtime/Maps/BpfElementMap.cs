using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>What the maps with one value per key have in common: writing, and walking over the elements.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// An enumeration reads the map in batches as it goes. Elements that come or go meanwhile may or may not be seen. In hashes every key that is there
/// throughout is seen once (given Linux 5.6); in tries one may be repeated or skipped when the key before it vanishes.
/// </remarks>
[SkipLocalsInit]
public abstract partial class BpfElementMap<TKey, TValue> : BpfKeyedMap<TKey, TValue>, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>Makes a typed map of an open one that fits the schema.</summary>
    /// <param name="raw">The map; this object owns it from now on.</param>
    /// <param name="schema">What it was declared to be.</param>
    /// <exception cref="ArgumentException">The sizes of the types are not those of the map.</exception>
    private protected BpfElementMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
    }

    /// <summary>Adds or replaces the value of a key (BPF_MAP_UPDATE_ELEM, Linux 3.18).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="BpfMapFullException">The key is new and the map has no room for it.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Set(in TKey key, in TValue value)
    {
        if (Update(in key, in value, BpfUpdateFlags.Any) == BpfUpdateResult.Full)
            ThrowFull();
    }

    /// <summary>Adds a key that is not there yet (BPF_NOEXIST).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if the key is there already; its value is left as it is.</returns>
    /// <exception cref="BpfMapFullException">The map has no room for the key.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryAdd(in TKey key, in TValue value)
    {
        BpfUpdateResult result = Update(in key, in value, BpfUpdateFlags.NoExist);
        if (result == BpfUpdateResult.Full)
            ThrowFull();
        return result == BpfUpdateResult.Ok;
    }

    /// <summary>Replaces the value of a key that is there (BPF_EXIST).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if the map has no such key; nothing is added.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool TryUpdate(in TKey key, in TValue value) => Update(in key, in value, BpfUpdateFlags.Exist) == BpfUpdateResult.Ok;

    /// <summary>Writes the value of a key and tells what became of it (BPF_MAP_UPDATE_ELEM, Linux 3.18).</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="flags">Whether to add, to replace or either, and whether under the value's lock.</param>
    /// <returns>What became of it; nothing is thrown for a full map.</returns>
    /// <exception cref="BpfException">The kernel refused; EINVAL if the flags do not fit the map.</exception>
    public BpfUpdateResult Update(in TKey key, in TValue value, BpfUpdateFlags flags)
    {
        Unsafe.SkipInit(out TKey room);
        ReadOnlySpan<byte> keyBytes = KeyFormat.CleanKey(in key, ref room);
        return ValueFormat.HasPadding ? UpdateClean(keyBytes, in value, flags) : Raw.Update(keyBytes, MemoryMarshal.AsBytes(new ReadOnlySpan<TValue>(in value)), flags);
    }

    /// <summary>Copies elements out of the map, in batches, until the spans are full or the map is at its end.</summary>
    /// <param name="keys">Receives the keys.</param>
    /// <param name="values">Receives the values; as long as <paramref name="keys"/>.</param>
    /// <returns>How many elements were copied. If it is the length of the spans, the map may have more.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
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
    /// <exception cref="BpfException">The kernel refused.</exception>
    public int CopyTo(Span<KeyValuePair<TKey, TValue>> destination)
    {
        int copied = 0;
        using BpfElementEnumerator<TKey, TValue> elements = GetEnumerator();
        while (copied < destination.Length && elements.MoveNext())
            destination[copied++] = elements.Current;
        return copied;
    }

    /// <summary>Walks over the elements in batches (BPF_MAP_LOOKUP_BATCH, Linux 5.6; key by key before). Nothing is allocated per element.</summary>
    /// <returns>The enumerator.</returns>
    public BpfElementEnumerator<TKey, TValue> GetEnumerator() => new(Raw, BpfBatchMode.Lookup);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private BpfUpdateResult UpdateClean(ReadOnlySpan<byte> keyBytes, in TValue value, BpfUpdateFlags flags)
    {
        using CleanBytes<TValue> valueBytes = new(in value, ValueFormat, stackalloc byte[ValueFormat.ScratchSize]);
        return Raw.Update(keyBytes, valueBytes.Bytes, flags);
    }
}
