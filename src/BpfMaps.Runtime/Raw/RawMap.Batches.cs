namespace BpfMaps;

// Many elements with one call each.
public sealed unsafe partial class RawMap
{
    internal const string LookupBatchCommand = "BPF_MAP_LOOKUP_BATCH";
    internal const string LookupAndDeleteBatchCommand = "BPF_MAP_LOOKUP_AND_DELETE_BATCH";
    private const string UpdateBatchCommand = "BPF_MAP_UPDATE_BATCH";
    private const string DeleteBatchCommand = "BPF_MAP_DELETE_BATCH";

    /// <summary>Reads all elements in chunks (BPF_MAP_LOOKUP_BATCH, Linux 5.6).</summary>
    /// <param name="chunkSize">
    /// How many elements a chunk has room for, at most <see cref="MaxEntries"/> and what arrays can hold; 0 begins small and grows. A chunk may hold fewer
    /// or, where the kernel needs more room, more.
    /// </param>
    /// <param name="flags">How to read.</param>
    /// <returns>A cursor before the first chunk; dispose it to give its buffers back.</returns>
    /// <exception cref="BpfNotSupportedException">From the cursor: the kernel has no batches for this kind.</exception>
    public BpfBatchCursor LookupBatch(int chunkSize = 0, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunkSize);
        return new BpfBatchCursor(this, BpfBatchMode.Lookup, chunkSize, flags, mayWalk: false);
    }

    /// <summary>Reads and removes all elements in chunks (BPF_MAP_LOOKUP_AND_DELETE_BATCH, Linux 5.6; hash kinds only).</summary>
    /// <param name="chunkSize">
    /// How many elements a chunk has room for, at most <see cref="MaxEntries"/> and what arrays can hold; 0 begins small and grows. A chunk may hold fewer
    /// or, where the kernel needs more room, more.
    /// </param>
    /// <param name="flags">How to read.</param>
    /// <returns>A cursor before the first chunk; a chunk's elements are removed when the cursor moves to it.</returns>
    /// <exception cref="BpfNotSupportedException">From the cursor: the kernel has no such batches for this kind.</exception>
    public BpfBatchCursor LookupAndDeleteBatch(int chunkSize = 0, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunkSize);
        return new BpfBatchCursor(this, BpfBatchMode.LookupAndDelete, chunkSize, flags, mayWalk: false);
    }

    /// <summary>Writes many elements, in order, until the first that cannot be written (BPF_MAP_UPDATE_BATCH, Linux 5.6).</summary>
    /// <param name="keys">The keys, one after the other: a multiple of <see cref="KeySize"/> bytes.</param>
    /// <param name="values">As many values, <see cref="ValueSize"/> bytes each; <see cref="PerCpuValueSize"/> for per-CPU kinds.</param>
    /// <param name="processed">How many were written, also when an exception is thrown.</param>
    /// <param name="flags">Linux 6.18 takes <see cref="BpfUpdateFlags.Lock"/> only and answers EINVAL to others.</param>
    /// <returns><see cref="BpfUpdateResult.Ok"/> if all were written, else why the one at <paramref name="processed"/> was not.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="BpfNotSupportedException">The kernel has no batches for this kind.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public BpfUpdateResult UpdateBatch(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, out int processed, BpfUpdateFlags flags = BpfUpdateFlags.Any)
    {
        processed = 0;
        int elements = CountKeys(keys);
        long expected = (long)elements * ElementValueSize;
        if (values.Length != expected)
            throw new ArgumentException($"Map {this}: values must be {expected} bytes long for {elements} keys ({ElementValueSize} each), not {values.Length}.", nameof(values));

        uint count = (uint)elements;
        int errno;
        fixed (byte* keyPointer = keys)
        fixed (byte* valuePointer = values)
            errno = _host.UpdateBatch(_handle, keyPointer, valuePointer, ref count, (ulong)flags);
        processed = Processed(errno, count, elements);
        return errno == Errno.Ok ? BpfUpdateResult.Ok : UpdateResultOrThrow(errno, UpdateBatchCommand);
    }

    /// <summary>Removes many keys, in order, until the first that is not there (BPF_MAP_DELETE_BATCH, Linux 5.6).</summary>
    /// <param name="keys">The keys, one after the other: a multiple of <see cref="KeySize"/> bytes.</param>
    /// <param name="processed">How many were removed, also when an exception is thrown.</param>
    /// <returns><see langword="true"/> if all were removed; <see langword="false"/> if the one at <paramref name="processed"/> was not there.</returns>
    /// <exception cref="ArgumentException">The span has the wrong length.</exception>
    /// <exception cref="BpfNotSupportedException">The kernel has no batches for this kind.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool DeleteBatch(ReadOnlySpan<byte> keys, out int processed)
    {
        processed = 0;
        int elements = CountKeys(keys);
        uint count = (uint)elements;
        int errno;
        fixed (byte* keyPointer = keys)
            errno = _host.DeleteBatch(_handle, keyPointer, ref count, 0);
        processed = Processed(errno, count, elements);
        return errno == Errno.Ok || FalseOrThrow(errno, DeleteBatchCommand);
    }

    /// <summary>
    /// The keys, in the kernel's order. Enumerating gives spans that are valid until the next step; LINQ gets arrays of its own.
    /// </summary>
    /// <remarks>
    /// Of a map that nobody changes meanwhile, every key comes once. Of one that changes, keys that come or go meanwhile may or may not be
    /// seen. For the hash kinds, every key that is there throughout is seen once, given batches (Linux 5.6) and elements of up to 4 KiB.
    /// For other kinds, and older kernels, a key may be repeated or skipped when the key before it vanishes. The enumeration always ends, never
    /// throws for a key that vanished, and throws any other error once.
    /// </remarks>
    public BpfKeyCollection Keys => new(this);

    private int CountKeys(ReadOnlySpan<byte> keys)
    {
        if (_keySize == 0)
            throw new InvalidOperationException($"Map {this} has no keys, so it has no batches.");
        (int elements, int rest) = Math.DivRem(keys.Length, _keySize);
        return rest == 0
            ? elements
            : throw new ArgumentException($"Map {this}: keys must be a multiple of {_keySize} bytes long, not {keys.Length}.", nameof(keys));
    }

    /// <summary>
    /// How many elements a batch processed. The kernel writes the count only once it has begun: where it refuses the whole call, and on
    /// EFAULT, the number is not an answer. A batch that stopped at an element has processed fewer than all.
    /// </summary>
    private static int Processed(int errno, uint count, int elements) =>
        errno == Errno.Ok || (errno != Errno.EFAULT && count < elements) ? (int)count : 0;
}
