namespace BpfMaps;

// Many elements per call.
public sealed unsafe partial class RawMap
{
    /// <summary>Reads all elements in chunks (BPF_MAP_LOOKUP_BATCH, Linux 5.6).</summary>
    /// <param name="chunkSize">
    /// The maximum number of elements per chunk, limited by the capacity of the map and to 64 MiB; 0 starts small and grows. A chunk may
    /// have fewer elements, or more if the kernel requires larger buffers.
    /// </param>
    /// <param name="flags">The flags of the lookup.</param>
    /// <returns>A cursor before the first chunk, to be disposed by the caller.</returns>
    /// <exception cref="BpfNotSupportedException">From the cursor: the kernel does not support batches for this map type.</exception>
    public BpfBatchCursor LookupBatch(int chunkSize = 0, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunkSize);
        return new BpfBatchCursor(this, BpfBatchMode.Lookup, chunkSize, flags, mayWalk: false);
    }

    /// <summary>Reads and removes all elements in chunks (BPF_MAP_LOOKUP_AND_DELETE_BATCH, Linux 5.6; hash types only).</summary>
    /// <param name="chunkSize">
    /// The maximum number of elements per chunk, limited by the capacity of the map and to 64 MiB; 0 starts small and grows. A chunk may
    /// have fewer elements, or more if the kernel requires larger buffers.
    /// </param>
    /// <param name="flags">The flags of the lookup.</param>
    /// <returns>A cursor before the first chunk, to be disposed by the caller. Advancing to a chunk removes its elements.</returns>
    /// <exception cref="BpfNotSupportedException">From the cursor: the kernel does not support such batches for this map type.</exception>
    public BpfBatchCursor LookupAndDeleteBatch(int chunkSize = 0, BpfLookupFlags flags = BpfLookupFlags.None)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunkSize);
        return new BpfBatchCursor(this, BpfBatchMode.LookupAndDelete, chunkSize, flags, mayWalk: false);
    }

    /// <summary>Writes elements in order, up to the first that cannot be written (BPF_MAP_UPDATE_BATCH, Linux 5.6).</summary>
    /// <param name="keys">The keys, without gaps: a multiple of <see cref="KeySize"/> bytes.</param>
    /// <param name="values">One value per key, <see cref="ValueSize"/> bytes each; <see cref="PerCpuValueSize"/> for per-CPU maps.</param>
    /// <param name="processed">The number of elements written, even if an exception is thrown.</param>
    /// <param name="flags">The flags; Linux 6.18 only accepts <see cref="BpfUpdateFlags.Lock"/> and returns EINVAL for others.</param>
    /// <returns>
    /// <see cref="BpfUpdateResult.Ok"/> if all were written; otherwise, why the element at index <paramref name="processed"/> was not.
    /// </returns>
    /// <exception cref="ArgumentException">A span has the wrong length.</exception>
    /// <exception cref="BpfNotSupportedException">The kernel does not support batches for this map type.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public BpfUpdateResult UpdateBatch(
        ReadOnlySpan<byte> keys,
        ReadOnlySpan<byte> values,
        out int processed,
        BpfUpdateFlags flags = BpfUpdateFlags.Any
    )
    {
        int errno = WriteBatch(keys, values, out processed, flags);
        return errno == Errno.Ok ? BpfUpdateResult.Ok : UpdateResultOrThrow(errno, BpfCommand.MapUpdateBatch);
    }

    /// <summary>Writes elements like <see cref="UpdateBatch"/>, and returns the error number.</summary>
    internal int WriteBatch(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, out int processed, BpfUpdateFlags flags)
    {
        processed = 0;
        int elements = CountKeys(keys);
        long expected = (long)elements * ElementValueSize;
        if (values.Length != expected)
            throw new ArgumentException(
                $"Map {this}: values must be {expected} bytes long for {elements} keys ({ElementValueSize} each), not {values.Length}.",
                nameof(values)
            );

        uint count = (uint)elements;
        int errno;
        fixed (byte* keyPointer = keys)
        fixed (byte* valuePointer = values)
            errno = _host.UpdateBatch(_handle, keyPointer, valuePointer, ref count, (ulong)flags);
        processed = Processed(errno, count, elements);
        return errno;
    }

    /// <summary>Removes keys in order, up to the first that does not exist (BPF_MAP_DELETE_BATCH, Linux 5.6).</summary>
    /// <param name="keys">The keys, without gaps: a multiple of <see cref="KeySize"/> bytes.</param>
    /// <param name="processed">The number of elements removed, even if an exception is thrown.</param>
    /// <returns>
    /// <see langword="true"/> if all were removed; <see langword="false"/> if the key at index <paramref name="processed"/> does not exist.
    /// </returns>
    /// <exception cref="ArgumentException">The span has the wrong length.</exception>
    /// <exception cref="BpfNotSupportedException">The kernel does not support batches for this map type.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool DeleteBatch(ReadOnlySpan<byte> keys, out int processed)
    {
        int errno = RemoveBatch(keys, out processed);
        return errno == Errno.Ok || FalseOrThrow(errno, BpfCommand.MapDeleteBatch);
    }

    /// <summary>Removes keys like <see cref="DeleteBatch"/>, and returns the error number.</summary>
    internal int RemoveBatch(ReadOnlySpan<byte> keys, out int processed)
    {
        processed = 0;
        int elements = CountKeys(keys);
        uint count = (uint)elements;
        int errno;
        fixed (byte* keyPointer = keys)
            errno = _host.DeleteBatch(_handle, keyPointer, ref count, 0);
        processed = Processed(errno, count, elements);
        return errno;
    }

    /// <summary>
    /// Gets the keys in the order of the kernel. <c>foreach</c> returns spans that are valid until the next step; LINQ gets an array per
    /// key.
    /// </summary>
    /// <remarks>
    /// If the map is not modified during the enumeration, each key is returned exactly once. Keys that are added or removed during the
    /// enumeration may or may not be returned. For hash types, each other key is returned once, given batches (Linux 5.6) and elements of
    /// up to 4 KiB. For other map types and older kernels, a key may be repeated or skipped when the key before it is removed. The
    /// enumeration always ends, and does not throw because of removed keys.
    /// </remarks>
    public BpfKeyCollection Keys => new(this);

    private int CountKeys(ReadOnlySpan<byte> keys)
    {
        if (_keySize == 0)
            throw new InvalidOperationException($"Map {this} has no keys, so it does not support batches.");
        (int elements, int rest) = Math.DivRem(keys.Length, _keySize);
        return rest == 0
            ? elements
            : throw new ArgumentException(
                $"Map {this}: keys must be a multiple of {_keySize} bytes long, not {keys.Length}.",
                nameof(keys)
            );
    }

    /// <summary>
    /// Returns the number of elements that a batch processed. The kernel only writes the count after it has started: if it rejects the
    /// whole call, and for EFAULT, the count is not a result. A batch that stopped at an element has processed fewer than all.
    /// </summary>
    private static int Processed(int errno, uint count, int elements) =>
        errno == Errno.Ok || (errno != Errno.EFAULT && count < elements) ? (int)count : 0;
}
