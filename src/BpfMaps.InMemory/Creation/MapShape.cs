namespace BpfMaps.InMemory;

/// <summary>What a map was created as. None of it changes.</summary>
internal sealed class MapShape
{
    public required BpfMapType Type { get; init; }

    public required int KeySize { get; init; }

    /// <summary>Bytes of a value; for per-CPU kinds of one CPU's.</summary>
    public required int ValueSize { get; init; }

    public required uint MaxEntries { get; init; }

    /// <summary>The flags that stay with the map; those of the first descriptor do not.</summary>
    public required BpfMapFlags Flags { get; init; }

    public required string Name { get; init; }

    public required ulong MapExtra { get; init; }

    /// <summary>How many CPUs an element has values of: the possible ones for per-CPU kinds, else 1.</summary>
    public required int CpuCount { get; init; }

    /// <summary>What the map's hashes begin with, so that keys that collide in one map do not in another.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The types of key and value, if the map has BTF.</summary>
    public MapTypes? Types { get; init; }

    /// <summary>How values are stored.</summary>
    public ValueFormat Format => field ??= new(this);

    /// <summary>Which bytes of a key belong to no field. Without types nothing is known, and every byte counts.</summary>
    public PaddingFormat KeyPadding => field ??= PaddingOf(Types?.KeyTypeId ?? 0);

    /// <summary>Which bytes of a value belong to no field.</summary>
    public PaddingFormat ValuePadding => field ??= PaddingOf(Types?.ValueTypeId ?? 0);

    /// <summary>Whether values have a lock that reads and writes with <see cref="BpfLookupFlags.Lock"/> take.</summary>
    public bool HasSpinLock => LockOffset is not null;

    /// <summary>Where in a value its lock is, if it has one.</summary>
    public int? LockOffset => Types?.LockOffset;

    private PaddingFormat PaddingOf(uint typeId) =>
        new(typeId != 0 && TypeFacts.FindLayout(Types!.Btf.Types, typeId) is { } layout ? layout : BpfTypeLayout.Byte);
}
