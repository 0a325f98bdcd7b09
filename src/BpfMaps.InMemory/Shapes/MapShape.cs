using BpfMaps.Metadata;

namespace BpfMaps.InMemory;

/// <summary>The immutable properties that a map was created with.</summary>
internal sealed class MapShape
{
    public required BpfMapType Type { get; init; }

    public required int KeySize { get; init; }

    /// <summary>The size of a value in bytes; for per-CPU types, of one CPU's value.</summary>
    public required int ValueSize { get; init; }

    public required uint MaxEntries { get; init; }

    /// <summary>The flags that belong to the map. The flags of the first descriptor are not included.</summary>
    public required BpfMapFlags Flags { get; init; }

    public required string Name { get; init; }

    public required ulong MapExtra { get; init; }

    /// <summary>The number of values of an element: the number of possible CPUs for per-CPU types, otherwise 1.</summary>
    public required int CpuCount { get; init; }

    /// <summary>The seed of the map's hashes. Different seeds make different keys collide in different maps.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The types of the key and the value, if the map has BTF.</summary>
    public KeyValueTypes? Types { get; init; }

    /// <summary>The storage format of values.</summary>
    public ValueFormat Format => field ??= new(this);

    /// <summary>The bytes of a key that belong to no field. Without types, none are known and every byte counts.</summary>
    public PaddingFormat KeyPadding => field ??= PaddingOf(Types?.KeyTypeId ?? 0);

    /// <summary>The bytes of a value that belong to no field.</summary>
    public PaddingFormat ValuePadding => field ??= PaddingOf(Types?.ValueTypeId ?? 0);

    /// <summary>Whether values have a spin lock, which reads and writes with <see cref="BpfLookupFlags.Lock"/> take.</summary>
    public bool HasSpinLock => LockOffset is not null;

    /// <summary>The offset of the lock in a value, if it has one.</summary>
    public int? LockOffset => Types?.LockOffset;

    private PaddingFormat PaddingOf(uint typeId) =>
        new(typeId != 0 && TypeFacts.FindLayout(Types!.Btf.Types, typeId) is { } layout ? layout : BpfTypeLayout.Of<byte>());
}
