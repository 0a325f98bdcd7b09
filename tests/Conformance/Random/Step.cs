namespace BpfMaps.Tests;

/// <summary>The operation of a step of a random sequence.</summary>
public enum MapCall
{
    Update,
    Lookup,
    LookupAndDelete,
    Delete,

    /// <summary>Gets the first key and the key after another.</summary>
    NextKey,

    /// <summary>Walks all keys from the first to the last.</summary>
    Walk,
    UpdateBatch,
    DeleteBatch,

    /// <summary>Reads all elements in batches.</summary>
    ReadAll,

    /// <summary>Reads and removes all elements in batches.</summary>
    Drain,

    /// <summary>Reads and removes one batch.</summary>
    DrainChunk,

    /// <summary>Writes several elements, starting at an index.</summary>
    SetRange,

    /// <summary>Removes many keys, which may be missing.</summary>
    RemoveRange,
    Count,
    Clear,
    Freeze,
}

/// <summary>
/// One step of a random sequence: the operation and all its possible arguments. Keys and values are numbers that represent bytes.
/// </summary>
/// <param name="Call">The operation.</param>
/// <param name="Key">The key, or the first key of a range.</param>
/// <param name="Value">The value; for batches, the first value; never 0.</param>
/// <param name="Flags">The flags of updates and lookups.</param>
/// <param name="Door">The access of the descriptor to use.</param>
/// <param name="Keys">The keys of a batch.</param>
internal sealed record Step(MapCall Call, int Key, int Value, ulong Flags, BpfMapAccess Door, int[] Keys)
{
    /// <summary>The capacity of a reading batch in elements.</summary>
    public int Chunk => 1 + (Value % 8);

    /// <summary>The values of a batch: one per key, each one more than the last.</summary>
    public int ValueOf(int index) => Value + index;

    public override string ToString()
    {
        string door = Door == BpfMapAccess.ReadWrite ? "" : $"{Door}: ";
        string flags = Flags == 0 ? "" : $", flags {Flags}";
        return Call switch
        {
            MapCall.Update => $"{door}Update({Key}, {Value}{flags})",
            MapCall.Lookup or MapCall.LookupAndDelete or MapCall.Delete or MapCall.NextKey => $"{door}{Call}({Key}{flags})",
            MapCall.SetRange => $"SetRange({Key}, [{string.Join(", ", Keys.Select((_, index) => ValueOf(index)))}])",
            MapCall.UpdateBatch =>
                $"{door}UpdateBatch([{string.Join(", ", Keys.Select((key, index) => $"{key}={ValueOf(index)}"))}]{flags})",
            MapCall.DeleteBatch or MapCall.RemoveRange => $"{door}{Call}([{string.Join(", ", Keys)}])",
            MapCall.ReadAll or MapCall.Drain or MapCall.DrainChunk => $"{door}{Call}(chunk {Chunk})",
            _ => $"{door}{Call}()",
        };
    }
}
