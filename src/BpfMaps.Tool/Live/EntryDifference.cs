namespace BpfMaps.Tool.Live;

/// <summary>The change of an entry between two snapshots.</summary>
/// <param name="Key">The key.</param>
/// <param name="Old">The value before; <see langword="null"/> if the entry was added.</param>
/// <param name="New">The value after; <see langword="null"/> if the entry was removed.</param>
/// <param name="Seconds">The time between the snapshots.</param>
internal sealed record EntryDifference(byte[] Key, byte[]? Old, byte[]? New, double Seconds)
{
    /// <summary>
    /// Compares two snapshots: first the removed entries, then those that were added or changed, in the order of the kernel.
    /// </summary>
    public static IEnumerable<EntryDifference> Between(Snapshot before, Snapshot after)
    {
        double seconds = System.Diagnostics.Stopwatch.GetElapsedTime(before.Time, after.Time).TotalSeconds;
        foreach (byte[] key in before.Keys)
        {
            if (after.ValueOf(key) is null)
                yield return new(key, before.ValueOf(key), null, seconds);
        }
        foreach (byte[] key in after.Keys)
        {
            byte[]? old = before.ValueOf(key);
            byte[]? now = after.ValueOf(key);
            if (old is null || !old.AsSpan().SequenceEqual(now))
                yield return new(key, old, now, seconds);
        }
    }
}
