namespace BpfMaps.Tests;

/// <summary>The operations of user space on elements.</summary>
public enum MapOperation
{
    Update,
    Lookup,
    GetNextKey,
    LookupAndDelete,
    Delete,
    LookupBatch,
    LookupAndDeleteBatch,
    UpdateBatch,
    DeleteBatch,
    Freeze,
}

/// <summary>The state of a map before an operation.</summary>
public enum MapState
{
    Empty,

    /// <summary>The map contains the key of the operation.</summary>
    Filled,

    /// <summary>The map contains the key and is frozen.</summary>
    Frozen,

    /// <summary>The map contains the key, and the descriptor is read-only.</summary>
    ReadOnly,

    /// <summary>The map contains the key, and the descriptor is write-only.</summary>
    WriteOnly,
}

/// <summary>The result of an operation as a word: <c>OK</c>, <c>miss</c>, or the name of an update result or an errno.</summary>
internal static class Answer
{
    public const string Ok = "OK";
    public const string Miss = "miss";

    /// <summary>Performs one operation on a sample.</summary>
    /// <param name="sample">The sample, which is empty.</param>
    /// <param name="state">The state of the map before the operation.</param>
    /// <param name="operation">The operation.</param>
    public static string Of(SampleMap sample, MapState state, MapOperation operation)
    {
        if (state != MapState.Empty)
            _ = Of(() => Update(sample.Map, sample.Key, sample.Value)); // If the map type allows user space to do so.
        if (state == MapState.Frozen)
            sample.Map.Freeze();
        if (state is not (MapState.ReadOnly or MapState.WriteOnly))
            return Of(() => Do(operation, sample.Map, sample.Key, sample.Value));

        using RawMap door = TestMaps.OpenById(
            sample.Map.Info.Id,
            state == MapState.ReadOnly ? BpfMapAccess.ReadOnly : BpfMapAccess.WriteOnly
        );
        return Of(() => Do(operation, door, sample.Key, sample.Value));
    }

    /// <summary>Converts the result or exception of an operation to a word.</summary>
    public static string Of(Func<string> operation)
    {
        try
        {
            return operation();
        }
        catch (BpfException exception)
        {
            Type expected = exception.Errno switch
            {
                Errno.ENOTSUPP or Errno.EOPNOTSUPP => typeof(BpfNotSupportedException),
                Errno.EPERM or Errno.EACCES => typeof(BpfPermissionException),
                _ => typeof(BpfException),
            };
            Assert.Equal(expected, exception.GetType());
            return exception.ErrnoName;
        }
    }

    /// <summary>Returns whether an operation needs read access.</summary>
    public static bool Reads(MapOperation operation) =>
        operation is MapOperation.Lookup or MapOperation.GetNextKey or MapOperation.LookupBatch || TakesOut(operation);

    /// <summary>Returns whether an operation needs write access to a map that is not frozen.</summary>
    public static bool Writes(MapOperation operation) =>
        operation
            is MapOperation.Update
                or MapOperation.Delete
                or MapOperation.UpdateBatch
                or MapOperation.DeleteBatch
                or MapOperation.Freeze
        || TakesOut(operation);

    private static bool TakesOut(MapOperation operation) => operation is MapOperation.LookupAndDelete or MapOperation.LookupAndDeleteBatch;

    private static string Do(MapOperation operation, RawMap map, byte[] key, byte[] value)
    {
        byte[] keyRead = new byte[map.KeySize];
        byte[] valueRead = new byte[value.Length];
        if (map.Type == BpfMapType.BloomFilter)
            valueRead = value;
        switch (operation)
        {
            case MapOperation.Update:
                return Update(map, key, value);
            case MapOperation.Lookup:
                return Found(map.PerCpuValueSize != 0 ? map.TryLookupPerCpu(key, valueRead) : map.TryLookup(key, valueRead));
            case MapOperation.GetNextKey:
                return Found(map.TryGetNextKey([], keyRead));
            case MapOperation.LookupAndDelete:
                return Found(
                    map.PerCpuValueSize != 0 ? map.TryLookupAndDeletePerCpu(key, valueRead) : map.TryLookupAndDelete(key, valueRead)
                );
            case MapOperation.Delete:
                return Found(map.Delete(key));
            case MapOperation.LookupBatch:
                using (BpfBatchCursor cursor = map.LookupBatch())
                    return Found(cursor.MoveNext());
            case MapOperation.LookupAndDeleteBatch:
                using (BpfBatchCursor cursor = map.LookupAndDeleteBatch())
                    return Found(cursor.MoveNext());
            case MapOperation.UpdateBatch:
                return Result(map.UpdateBatch(key, value, out _));
            case MapOperation.DeleteBatch:
                return Found(map.DeleteBatch(key, out _));
            case MapOperation.Freeze:
                map.Freeze();
                return Ok;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, null);
        }
    }

    private static string Update(RawMap map, byte[] key, byte[] value) =>
        Result(map.PerCpuValueSize != 0 ? map.UpdatePerCpu(key, value) : map.Update(key, value));

    private static string Found(bool found) => found ? Ok : Miss;

    private static string Result(BpfUpdateResult result) => result == BpfUpdateResult.Ok ? Ok : result.ToString();
}
