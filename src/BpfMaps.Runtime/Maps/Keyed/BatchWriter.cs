namespace BpfMaps;

/// <summary>Writes and removes many elements with as few calls as possible: in batches, or one by one where the kernel has none.</summary>
internal static class BatchWriter
{
    private const int LargestCopy = 64 * 1024;

    /// <summary>The number of elements that are copied at a time if they have padding.</summary>
    public static int ElementsPerCopy(int elementSize) => Math.Max(1, LargestCopy / elementSize);

    /// <summary>Writes elements in order until the map is full.</summary>
    /// <param name="raw">The map.</param>
    /// <param name="keys">The keys, without gaps.</param>
    /// <param name="values">One value per key.</param>
    /// <param name="written">The number of elements written, even if an exception is thrown.</param>
    /// <returns><see langword="false"/> if the map was full at the element with the index <paramref name="written"/>.</returns>
    public static bool Update(RawMap raw, ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, out int written)
    {
        written = 0;
        if (keys.IsEmpty)
            return true;
        int errno = raw.WriteBatch(keys, values, out written, BpfUpdateFlags.Any);
        if (errno == Errno.Ok)
            return true;
        return written == 0 && MayLackBatches(errno)
            ? UpdateOneByOne(raw, keys, values, ref written)
            : raw.UpdateResultOrThrow(errno, BpfCommand.MapUpdateBatch) == BpfUpdateResult.Ok;
    }

    /// <summary>Removes keys; keys that do not exist are ignored.</summary>
    /// <param name="raw">The map.</param>
    /// <param name="keys">The keys, without gaps.</param>
    /// <returns>The number of keys removed.</returns>
    public static int Delete(RawMap raw, ReadOnlySpan<byte> keys)
    {
        int removed = 0;
        while (!keys.IsEmpty)
        {
            int errno = raw.RemoveBatch(keys, out int processed);
            if (removed + processed == 0 && MayLackBatches(errno))
                return DeleteOneByOne(raw, keys);
            if (errno == Errno.Ok || raw.FalseOrThrow(errno, BpfCommand.MapDeleteBatch))
                return removed + processed;

            // The batch stopped at a key that does not exist.
            removed += processed;
            keys = keys[((processed + 1) * raw.KeySize)..];
        }
        return removed;
    }

    /// <summary>
    /// Kernels before 5.6 return EINVAL for the unknown command. If it means something else, the single call returns it again.
    /// </summary>
    private static bool MayLackBatches(int errno) => Errno.IsNotSupported(errno) || errno == Errno.EINVAL;

    private static bool UpdateOneByOne(RawMap raw, ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, ref int written)
    {
        int valueSize = raw.ElementValueSize;
        for (; !keys.IsEmpty; keys = keys[raw.KeySize..], values = values[valueSize..])
        {
            ReadOnlySpan<byte> key = keys[..raw.KeySize];
            ReadOnlySpan<byte> value = values[..valueSize];
            BpfUpdateResult result = raw.Type.IsPerCpu() ? raw.UpdatePerCpu(key, value) : raw.Update(key, value);
            if (result != BpfUpdateResult.Ok)
                return false;
            written++;
        }
        return true;
    }

    private static int DeleteOneByOne(RawMap raw, ReadOnlySpan<byte> keys)
    {
        int removed = 0;
        for (; !keys.IsEmpty; keys = keys[raw.KeySize..])
            removed += raw.Delete(keys[..raw.KeySize]) ? 1 : 0;
        return removed;
    }
}
