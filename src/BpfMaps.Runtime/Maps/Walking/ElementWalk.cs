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
