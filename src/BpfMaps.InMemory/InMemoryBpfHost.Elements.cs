using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.InMemory;

namespace BpfMaps;

// The commands on open maps. Pointers become spans here; their lengths follow from the map's sizes.
public sealed unsafe partial class InMemoryBpfHost
{
    /// <inheritdoc/>
    internal override int Lookup(SafeHandle map, byte* key, byte* value, ulong flags)
    {
        if (!TryEnter(map, BpfMapCommand.Lookup, out InMemoryMap? target, out Caller caller, out int errno))
            return errno;
        errno = target.Lookup(caller, KeyOf(target, key), ValueOf(target, value), flags);
        GC.KeepAlive(map); // Prevents finalization before this point, even if the owner dropped the map.
        return errno;
    }

    /// <inheritdoc/>
    internal override int LookupAndDelete(SafeHandle map, byte* key, byte* value, ulong flags)
    {
        if (!TryEnter(map, BpfMapCommand.LookupAndDelete, out InMemoryMap? target, out Caller caller, out int errno))
            return errno;
        errno = target.LookupAndDelete(caller, KeyOf(target, key), ValueOf(target, value), flags);
        GC.KeepAlive(map);
        return errno;
    }

    /// <inheritdoc/>
    internal override int Update(SafeHandle map, byte* key, byte* value, ulong flags)
    {
        if (!TryEnter(map, BpfMapCommand.Update, out InMemoryMap? target, out Caller caller, out int errno))
            return errno;
        errno = target.Update(caller, KeyOf(target, key), ValueOf(target, value), flags);
        GC.KeepAlive(map);
        return errno;
    }

    /// <inheritdoc/>
    internal override int Delete(SafeHandle map, byte* key)
    {
        if (!TryEnter(map, BpfMapCommand.Delete, out InMemoryMap? target, out Caller caller, out int errno))
            return errno;
        errno = target.Delete(caller, KeyOf(target, key));
        GC.KeepAlive(map);
        return errno;
    }

    /// <inheritdoc/>
    internal override int GetNextKey(SafeHandle map, byte* key, byte* nextKey)
    {
        if (!TryEnter(map, BpfMapCommand.GetNextKey, out InMemoryMap? target, out Caller caller, out int errno))
            return errno;
        errno = target.GetNextKey(caller, KeyOf(target, key), new Span<byte>(nextKey, target.Shape.KeySize));
        GC.KeepAlive(map);
        return errno;
    }

    /// <inheritdoc/>
    internal override int LookupBatch(
        SafeHandle map,
        byte* position,
        byte* nextPosition,
        byte* keys,
        byte* values,
        ref uint count,
        ulong flags
    ) => ReadBatch(map, position, nextPosition, keys, values, ref count, flags, remove: false);

    /// <inheritdoc/>
    internal override int LookupAndDeleteBatch(
        SafeHandle map,
        byte* position,
        byte* nextPosition,
        byte* keys,
        byte* values,
        ref uint count,
        ulong flags
    ) => ReadBatch(map, position, nextPosition, keys, values, ref count, flags, remove: true);

    /// <inheritdoc/>
    internal override int UpdateBatch(SafeHandle map, byte* keys, byte* values, ref uint count, ulong flags)
    {
        if (!TryEnter(map, BpfMapCommand.UpdateBatch, out InMemoryMap? target, out Caller caller, out int errno))
            return errno;
        errno = target.UpdateBatch(
            caller,
            Row(keys, target.Shape.KeySize, count),
            Row(values, target.Format.StoredSize, count),
            ref count,
            flags
        );
        GC.KeepAlive(map);
        return errno;
    }

    /// <inheritdoc/>
    internal override int DeleteBatch(SafeHandle map, byte* keys, ref uint count, ulong flags)
    {
        if (!TryEnter(map, BpfMapCommand.DeleteBatch, out InMemoryMap? target, out Caller caller, out int errno))
            return errno;
        errno = target.DeleteBatch(caller, Row(keys, target.Shape.KeySize, count), ref count, flags);
        GC.KeepAlive(map);
        return errno;
    }

    /// <inheritdoc/>
    internal override int Freeze(SafeHandle map)
    {
        if (!TryEnter(map, BpfMapCommand.Freeze, out InMemoryMap? target, out Caller caller, out int errno))
            return errno;
        errno = target.Freeze(caller);
        GC.KeepAlive(map);
        return errno;
    }

    /// <inheritdoc/>
    internal override int MapMemory(SafeHandle map, nuint length, nint offset, bool writable, out SafeHandle? memory)
    {
        memory = null;
        if (!TryEnter(map, BpfMapCommand.MapMemory, out InMemoryMap? target, out Caller caller, out int errno))
            return errno;
        errno = target.MapMemory(caller, length, offset, writable, out memory);
        GC.KeepAlive(map);
        return errno;
    }

    /// <inheritdoc/>
    internal override int CreateWaiter(ReadOnlySpan<SafeHandle> sources, BpfReadiness readiness, out BpfWaiter? waiter)
    {
        waiter = null;
        RingMap[] rings = new RingMap[sources.Length];
        for (int index = 0; index < rings.Length; index++)
        {
            if (!TryFind(sources[index], out InMemoryMap? target))
                return Errno.EBADF;
            if (target is not RingMap ring)
                return Errno.EPERM; // epoll fails with this error for files that do not support it.
            rings[index] = ring;
        }

        waiter = new RingWaiter(rings, readiness);
        return Errno.Ok;
    }

    private int ReadBatch(
        SafeHandle map,
        byte* position,
        byte* nextPosition,
        byte* keys,
        byte* values,
        ref uint count,
        ulong flags,
        bool remove
    )
    {
        BpfMapCommand command = remove ? BpfMapCommand.LookupAndDeleteBatch : BpfMapCommand.LookupBatch;
        if (!TryEnter(map, command, out InMemoryMap? target, out Caller caller, out int errno))
            return errno;

        int positionSize = Math.Max(target.Shape.KeySize, sizeof(uint));
        BatchBuffers buffers = new()
        {
            Position = position is null ? default : new ReadOnlySpan<byte>(position, positionSize),
            NextPosition = new Span<byte>(nextPosition, positionSize),
            Keys = Row(keys, target.Shape.KeySize, count),
            Values = Row(values, target.Format.StoredSize, count),
        };
        errno = target.LookupBatch(caller, buffers, remove, ref count, flags);
        GC.KeepAlive(map);
        return errno;
    }

    /// <summary>Begins a command on a map: finds the map and runs faults.</summary>
    /// <returns><see langword="false"/> if the command ends here, with the error number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryEnter(
        SafeHandle handle,
        BpfMapCommand command,
        [NotNullWhen(true)] out InMemoryMap? map,
        out Caller caller,
        out int errno
    )
    {
        caller = default;
        if (!TryFind(handle, out map))
        {
            // The descriptor is open but belongs to BTF, not to a map.
            errno = handle is InMemoryDescriptor { IsClosed: false } ? Errno.EINVAL : Errno.EBADF;
            return false;
        }

        errno = _faults.IsArmed ? _faults.Strike(command, map.Name) : Errno.Ok;
        caller = new Caller(_currentSlot, IsProgram: false, Unsafe.As<InMemoryDescriptor>(handle).Access);
        return errno == Errno.Ok;
    }

    /// <summary>Gets the map of an open descriptor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryFind(SafeHandle handle, [NotNullWhen(true)] out InMemoryMap? map)
    {
        map = handle is InMemoryDescriptor { IsClosed: false } descriptor ? descriptor.Map : null;
        return map is not null;
    }

    /// <summary>
    /// Gets the bytes of a key. For types without keys, a key that is passed becomes one byte so that it can be rejected.
    /// </summary>
    private static ReadOnlySpan<byte> KeyOf(InMemoryMap map, byte* key) => key is null ? default : new(key, Math.Max(1, map.Shape.KeySize));

    private static Span<byte> ValueOf(InMemoryMap map, byte* value) => new(value, map.Format.StoredSize);

    private static Span<byte> Row(byte* items, int size, uint count) => new(items, checked((int)(size * (long)count)));
}
