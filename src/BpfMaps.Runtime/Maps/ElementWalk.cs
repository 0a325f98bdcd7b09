namespace BpfMaps;

/// <summary>Enumerates the elements in the chunks of a cursor, for all typed enumerators.</summary>
internal struct ElementWalk(BpfBatchCursor cursor)
{
    private int _index = -1;

    public readonly ReadOnlySpan<byte> Key => cursor.GetKey(_index);

    public readonly ReadOnlySpan<byte> Value => cursor.GetValue(_index);

    public bool MoveNext()
    {
        if (++_index < cursor.Count)
            return true;
        _index = 0;
        return cursor.MoveNext();
    }

    public readonly void Dispose() => cursor.Dispose();
}

/// <summary>Creates the cursors of typed maps, which use batches, or single keys where the kernel has none.</summary>
internal static class TypedCursor
{
    public static BpfBatchCursor Over(RawMap raw, BpfBatchMode mode) => new(raw, mode, chunkSize: 0, BpfLookupFlags.None, mayWalk: true);
}
