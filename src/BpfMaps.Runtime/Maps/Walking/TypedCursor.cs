namespace BpfMaps;

/// <summary>Creates the cursors of typed maps, which use batches, or single keys where the kernel has none.</summary>
internal static class TypedCursor
{
    public static BpfBatchCursor Over(RawMap raw, BpfBatchMode mode) => new(raw, mode, chunkSize: 0, BpfLookupFlags.None, mayWalk: true);
}
