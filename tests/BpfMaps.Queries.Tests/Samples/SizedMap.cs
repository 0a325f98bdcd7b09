using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>A hash table with keys and values of any size.</summary>
internal sealed class SizedMap<TKey, TValue>(RawMap raw, BpfMapSchema schema) : BpfHashMap<TKey, TValue>(raw, schema)
    where TKey : unmanaged
    where TValue : unmanaged
{
    public static unsafe SizedMap<TKey, TValue> Create(uint capacity)
    {
        BpfMapSchema schema = new()
        {
            Type = BpfMapType.Hash,
            Name = "sized",
            MaxEntries = capacity,
            Key = typeof(TKey) == typeof(ulong) ? BpfTypeLayout.Of<ulong>() : Bytes(sizeof(TKey)),
            Value = Bytes(sizeof(TValue)),
        };
        return new(schema.Create(null, BpfHost.Kernel), schema);
    }

    private static BpfTypeLayout Bytes(int count) =>
        BpfTypeLayout.Struct("", count, 1, new BpfFieldLayout("", 0, BpfTypeLayout.Of<byte>(), count));
}
