namespace BpfMaps.Tool.Filters;

/// <summary>The bytes of an entry that an expression is evaluated for.</summary>
internal readonly ref struct EntryBytes(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
{
    public ReadOnlySpan<byte> Key { get; } = key;

    /// <summary>The value; for per-CPU maps, the total.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;
}
