using System.Runtime.CompilerServices;

namespace BpfMaps;

/// <summary>What the storages have in common that attaching a program to a control group makes.</summary>
/// <typeparam name="TKey">The type of the keys: <see cref="BpfCgroupStorageKey"/>, or <see cref="ulong"/>, or a type like either.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// A process adds nothing and removes nothing: it reads what is there, and writes over it. A value stays until its control group or the map goes (before Linux 5.9: until
/// the program is detached). The kernel has no batches for such maps. An enumeration ends early when the value that it stands at goes meanwhile.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfCgroupStorageMap<TKey, TValue> : BpfMap
    where TKey : unmanaged
    where TValue : unmanaged
{
    private protected BpfCgroupStorageMap(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
        KeyFormat = new(CheckSize<TKey>(schema.Key, raw.KeySize, "key"));
        ValueFormat = new(CheckSize<TValue>(schema.Value, raw.ValueSize, "value"));
    }

    private protected PaddingFormat KeyFormat { get; }

    private protected PaddingFormat ValueFormat { get; }

    /// <summary>Counts the values by walking over all of them: the kernel keeps no count.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public int Count()
    {
        // With lookups, so that a value counts only while it is there.
        using BpfBatchCursor cursor = TypedCursor.Over(Raw, BpfBatchMode.Lookup);
        while (cursor.MoveNext())
        {
        }
        return checked((int)cursor.TotalCount);
    }
}
