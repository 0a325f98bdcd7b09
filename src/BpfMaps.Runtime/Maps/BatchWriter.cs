namespace BpfMaps;

/// <summary>Writes and removes many elements with as few calls as the kernel allows: batches, and one by one where it has none.</summary>
internal static class BatchWriter
{
    private const int LargestCopy = 64 * 1024;

    /// <summary>How many elements are copied at a time where padding demands a copy.</summary>
    public static int ElementsPerCopy(int elementSize) => Math.Max(1, LargestCopy / elementSize);

    /// <summary>Writes elements in order until one finds no room.</summary>
    /// <param name="raw">The map.</param>
    /// <param name="keys">The keys, one after another.</param>
    /// <param name="values">The values, as many.</param>
    /// <param name="written">How many were written, also when an exception is thrown.</param>
    /// <returns><see langword="false"/> if the one at <paramref name="written"/> found no room.</returns>
    public static bool Update(RawMap raw, ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, out int written)
    {
        written = 0;
        if (keys.IsEmpty)
            return true;
        try
        {
            return raw.UpdateBatch(keys, values, out written) == BpfUpdateResult.Ok;
        }
        catch (BpfException problem) when (written == 0 && MayLackBatches(problem))
        {
            return UpdateOneByOne(raw, keys, values, ref written);
        }
    }

    /// <summary>Removes keys; those that are not there are passed over.</summary>
    /// <param name="raw">The map.</param>
    /// <param name="keys">The keys, one after another.</param>
    /// <returns>How many were removed.</returns>
    public static int Delete(RawMap raw, ReadOnlySpan<byte> keys)
    {
        int removed = 0;
        while (!keys.IsEmpty)
        {
            int processed = 0;
            try
            {
                if (raw.DeleteBatch(keys, out processed))
                    return removed + processed;
            }
            catch (BpfException problem) when (removed + processed == 0 && MayLackBatches(problem))
            {
                return DeleteOneByOne(raw, keys);
            }

            // The batch stopped at a key that is not there.
            removed += processed;
            keys = keys[((processed + 1) * raw.KeySize)..];
        }
        return removed;
    }

    /// <summary>EINVAL is how a kernel before 5.6 answers to a command that it does not know. Where it means something else, the single call says so again.</summary>
    private static bool MayLackBatches(BpfException problem) => problem is BpfNotSupportedException || problem.Errno == Errno.EINVAL;

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
