using System.Runtime.CompilerServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Base class of the storages whose values the kernel creates when a program is attached to a cgroup.</summary>
/// <typeparam name="TKey">
/// The type of the keys: <see cref="BpfCgroupStorageKey"/>, or <see cref="ulong"/>, or a type like either.
/// </typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// User space cannot add or remove values; it reads and replaces those that exist. A value exists until its cgroup or the map is removed
/// (before Linux 5.9: until the program is detached). The kernel has no batch operations for these map types. An enumeration ends early if
/// its current value is removed.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfAttachedStorage<TKey, TValue> : BpfMap
    where TKey : unmanaged
    where TValue : unmanaged
{
    private protected BpfAttachedStorage(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
        KeyFormat = new(CheckSize<TKey>(schema.Key, raw.KeySize, "key"));
        ValueFormat = new(CheckSize<TValue>(schema.Value, raw.ValueSize, "value"));
    }

    private protected PaddingFormat KeyFormat { get; }

    private protected PaddingFormat ValueFormat { get; }

    private protected abstract bool Exists(in TKey key);

    /// <summary>Returns whether a cgroup has values. Costs as much as reading them.</summary>
    /// <param name="key">The key.</param>
    /// <returns><see langword="false"/> if no program with this map was attached to the cgroup.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool ContainsKey(in TKey key) => Exists(in key);

    /// <summary>Counts the values by enumerating them, because the kernel has no count.</summary>
    /// <returns>The number of elements.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public int Count()
    {
        // With lookups, so that removed values are not counted.
        using BpfBatchCursor cursor = TypedCursor.Over(Raw, BpfBatchMode.Lookup);
        while (cursor.MoveNext()) { }
        return checked((int)cursor.TotalCount);
    }
}
