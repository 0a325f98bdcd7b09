namespace BpfMaps.Tests;

/// <summary>What a step of a random sequence does.</summary>
public enum MapCall
{
    Update,
    Lookup,
    LookupAndDelete,
    Delete,

    /// <summary>Asks for the first key and for the one after a key.</summary>
    NextKey,

    /// <summary>Asks for key after key, from the first to the last.</summary>
    Walk,
    UpdateBatch,
    DeleteBatch,

    /// <summary>Reads everything in batches.</summary>
    ReadAll,

    /// <summary>Reads and removes everything in batches.</summary>
    Drain,

    /// <summary>Reads and removes one batch.</summary>
    DrainChunk,

    /// <summary>Writes several elements from an index on.</summary>
    SetRange,

    /// <summary>Removes many keys, whether they are there or not.</summary>
    RemoveRange,
    Count,
    Clear,
    Freeze,
}

/// <summary>One step of a random sequence: what to do, and everything it may need. Keys and values are numbers, which stand for bytes.</summary>
/// <param name="Call">What to do.</param>
/// <param name="Key">The key, or the first of the keys to ask for.</param>
/// <param name="Value">The value, and of batches the first one; never 0.</param>
/// <param name="Flags">Flags of updates and lookups.</param>
/// <param name="Door">Through which descriptor.</param>
/// <param name="Keys">The keys of a batch.</param>
internal sealed record Step(MapCall Call, int Key, int Value, ulong Flags, BpfMapAccess Door, int[] Keys)
{
    /// <summary>How many elements a batch that reads has room for.</summary>
    public int Chunk => 1 + (Value % 8);

    /// <summary>The values of a batch: one a key, each one more than the last.</summary>
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
            MapCall.UpdateBatch => $"{door}UpdateBatch([{string.Join(", ", Keys.Select((key, index) => $"{key}={ValueOf(index)}"))}]{flags})",
            MapCall.DeleteBatch or MapCall.RemoveRange => $"{door}{Call}([{string.Join(", ", Keys)}])",
            MapCall.ReadAll or MapCall.Drain or MapCall.DrainChunk => $"{door}{Call}(chunk {Chunk})",
            _ => $"{door}{Call}()",
        };
    }
}
