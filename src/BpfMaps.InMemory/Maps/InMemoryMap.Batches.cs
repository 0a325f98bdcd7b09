namespace BpfMaps.InMemory;

// Batch commands. Updates and deletions are the same for all map types; the walk of a lookup is not.
internal abstract partial class InMemoryMap
{
    /// <summary>The batch commands that the map type supports.</summary>
    protected virtual BatchCommands Batches => BatchCommands.None;

    /// <summary>BPF_MAP_LOOKUP_BATCH and BPF_MAP_LOOKUP_AND_DELETE_BATCH.</summary>
    public int LookupBatch(in Caller caller, in BatchBuffers buffers, bool remove, ref uint count, ulong flags)
    {
        lock (_gate)
        {
            if (Admit(caller, remove ? Purpose.ReadAndWrite : Purpose.Read, flags: 0) is var errno and not Errno.Ok)
                return errno;
            if (!Has(remove ? BatchCommands.LookupAndDelete : BatchCommands.Lookup))
                return Errno.ENOTSUPP;
            if (!TakesBatchFlags(flags))
                return Errno.EINVAL;
            if (count == 0)
                return Errno.Ok;
            uint room = count;
            count = 0;
            return ReadBatch(caller, buffers, remove, room, ref count);
        }
    }

    /// <summary>BPF_MAP_UPDATE_BATCH.</summary>
    public int UpdateBatch(in Caller caller, ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, ref uint count, ulong flags)
    {
        lock (_gate)
        {
            if (Admit(caller, Purpose.Write, flags: 0) is var errno and not Errno.Ok)
                return errno;
            if (!Has(BatchCommands.Update))
                return Errno.ENOTSUPP;
            if (!TakesBatchFlags(flags))
                return Errno.EINVAL;

            uint elements = count;
            int valueSize = Format.StoredSize;
            for (count = 0; count < elements; count++)
            {
                errno = UpdateElement(caller, keys[..Shape.KeySize], values[..valueSize], flags);
                if (errno != Errno.Ok)
                    return errno;
                keys = keys[Shape.KeySize..];
                values = values[valueSize..];
            }

            return Errno.Ok;
        }
    }

    /// <summary>BPF_MAP_DELETE_BATCH.</summary>
    public int DeleteBatch(in Caller caller, ReadOnlySpan<byte> keys, ref uint count, ulong flags)
    {
        lock (_gate)
        {
            if (Admit(caller, Purpose.Write, flags: 0) is var errno and not Errno.Ok)
                return errno;
            if (!Has(BatchCommands.Delete))
                return Errno.ENOTSUPP;
            if (!TakesBatchFlags(flags))
                return Errno.EINVAL;

            uint elements = count;
            for (count = 0; count < elements; count++)
            {
                errno = DeleteElement(keys[..Shape.KeySize]);
                if (errno != Errno.Ok)
                    return errno;
                keys = keys[Shape.KeySize..];
            }

            return Errno.Ok;
        }
    }

    /// <summary>Reads a chunk key by key. The position is the last key that was passed.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="buffers">The position and the buffers to fill.</param>
    /// <param name="remove">Whether the elements are removed after they are read.</param>
    /// <param name="room">The number of elements that the buffers hold; at least 1.</param>
    /// <param name="count">The number of elements read.</param>
    protected virtual int ReadBatch(in Caller caller, in BatchBuffers buffers, bool remove, uint room, ref uint count)
    {
        int keySize = Shape.KeySize,
            valueSize = Format.StoredSize;
        ReadOnlySpan<byte> previous = buffers.Position;
        int errno = Errno.Ok;
        while (count < room)
        {
            Span<byte> key = buffers.Keys.Slice((int)count * keySize, keySize);
            errno = NextKey(previous, key);
            if (errno != Errno.Ok)
                break;

            // An empty slot has no element: the next key overwrites this key in the buffer, but this key was passed.
            int found = LookupElement(caller, key, buffers.Values.Slice((int)count * valueSize, valueSize));
            if (found is not (Errno.Ok or Errno.ENOENT))
                return found;
            key.CopyTo(buffers.NextPosition);
            previous = buffers.NextPosition[..keySize];
            count += found == Errno.Ok ? 1u : 0;
        }

        return errno;
    }

    // HasFlag allocates until the surrounding code is optimized.
    private bool Has(BatchCommands command) => (Batches & command) != 0;

    private bool TakesBatchFlags(ulong flags) => flags == 0 || (flags == LockFlag && Shape.HasSpinLock);
}
