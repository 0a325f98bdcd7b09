using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>A map in an assembly, as the generator declares it.</summary>
internal sealed class TypedCounts : BpfHashMap<uint, ulong>
{
    private TypedCounts(RawMap raw)
        : base(raw, Schema) { }

    public static BpfMapSchema Schema { get; } =
        new()
        {
            Type = BpfMapType.Hash,
            Name = "typed_counts_of_peers",
            MaxEntries = 16,
            Key = BpfTypeLayout.Scalar("__be32", BpfTypeKind.Unsigned, 4),
            Value = BpfTypeLayout.Struct(
                "Counts",
                8,
                4,
                new("Packets", 0, BpfTypeLayout.Of<uint>()),
                new("Drops", 4, BpfTypeLayout.Of<uint>())
            ),
        };
}
