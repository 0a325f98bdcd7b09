using System.Runtime.InteropServices;

namespace BpfMaps;

// The memory of the map in this process. All views with the same access share a mapping, which is released with the map and its last view.
public sealed partial class RawMap
{
    private readonly Lock _memoryGate = new();
    private SafeHandle? _writableMemory;
    private SafeHandle? _readOnlyMemory;
    private bool _memoryIsReleased;

    /// <summary>The address of an arena. The kernel accepts no other address after the first mapping, and does not report it.</summary>
    private nuint _arenaAddress;

    /// <summary>
    /// Maps the memory of an array or an arena for reading and writing in place, without system calls (mmap, Linux 5.5; arenas Linux 6.9).
    /// </summary>
    /// <remarks>
    /// Element <c>i</c> of an array starts at <c>i</c> times <see cref="ValueSize"/> rounded up to 8; an arena has
    /// <see cref="BpfMapInfo.MaxEntries"/> pages. All calls share one mapping. An arena is mapped at <see cref="BpfMapInfo.MapExtra"/> if
    /// it is set, and otherwise at the address of its first mapping.
    /// </remarks>
    /// <returns>A view, to be disposed by the caller.</returns>
    /// <exception cref="BpfPermissionException">
    /// The map is frozen: use <see cref="MapReadOnly"/>; or the descriptor is read-only or write-only.
    /// </exception>
    /// <exception cref="BpfNotSupportedException">The memory of this map type cannot be mapped.</exception>
    /// <exception cref="BpfException">
    /// The map was created without <see cref="BpfMapFlags.Mmapable"/> (EINVAL); or the address of the arena is in use (EBUSY) or unknown
    /// (EINVAL).
    /// </exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfMemoryView Map() => new(Lease(ref _writableMemory, writable: true));

    /// <summary>Maps the memory of an array or an arena for reading in place, without system calls (mmap, Linux 5.5).</summary>
    /// <inheritdoc cref="Map" path="/remarks"/>
    /// <returns>A view, to be disposed by the caller.</returns>
    /// <exception cref="BpfNotSupportedException">The memory of this map type cannot be mapped.</exception>
    /// <exception cref="BpfPermissionException">The descriptor is write-only.</exception>
    /// <exception cref="BpfException">
    /// The map was created without <see cref="BpfMapFlags.Mmapable"/>, or the descriptor is read-only, for which the kernel maps no memory
    /// (EINVAL).
    /// </exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfReadOnlyMemoryView MapReadOnly() => new(Lease(ref _readOnlyMemory, writable: false));

    /// <summary>Maps the memory of an array for reading and writing, for owners that are not on the stack.</summary>
    internal MappingLease LeaseMemory() => Lease(ref _writableMemory, writable: true);

    private MappingLease Lease(ref SafeHandle? memory, bool writable)
    {
        bool isArena = Type == BpfMapType.Arena;
        long length = MaxEntries * (long)(isArena ? Environment.SystemPageSize : BpfMapTypeFacts.Stride(_valueSize));
        lock (_memoryGate)
        {
            ObjectDisposedException.ThrowIf(_memoryIsReleased, this);
            // An arena has a single mapping at its address, which readers share with writers.
            if (isArena && !writable && _writableMemory is not null)
                return new MappingLease(_writableMemory, length);
            if (memory is null)
            {
                int errno = isArena
                    ? MapArena((nuint)length, ref writable, out SafeHandle? mapped)
                    : _host.MapMemory(_handle, (nuint)length, 0, writable, out mapped);
                if (errno != Errno.Ok)
                    throw Failure(errno, BpfCommand.Mmap);
                if (isArena && writable)
                    return new MappingLease(_writableMemory = mapped!, length);
                memory = mapped;
            }

            return new MappingLease(memory!, length);
        }
    }

    /// <summary>
    /// Uses the mapping of a loader; an arena cannot be mapped a second time. This map owns the handle, whose value is the address.
    /// </summary>
    internal void UseArenaMemory(SafeHandle memory)
    {
        lock (_memoryGate)
        {
            _writableMemory = memory;
            _arenaAddress = (nuint)memory.DangerousGetHandle();
        }
    }

    /// <summary>Maps an arena; also for readers as writable, as long as that is allowed.</summary>
    private int MapArena(nuint length, ref bool writable, out SafeHandle? memory)
    {
        nuint address = _arenaAddress != 0 ? _arenaAddress : (nuint)Info.MapExtra;
        int errno = _host.MapArena(_handle, address, length, writable: true, out memory);
        if (errno == Errno.EPERM && !writable)
            errno = _host.MapArena(_handle, address, length, writable: false, out memory);
        else
            writable = true;
        if (errno == Errno.Ok)
            _arenaAddress = (nuint)memory!.DangerousGetHandle();
        return errno;
    }

    /// <summary>Releases the writable mapping, which prevents freezing the map. Existing views keep it.</summary>
    private void ReleaseWritableMemory()
    {
        lock (_memoryGate)
        {
            if (Type == BpfMapType.Arena)
                return; // Releasing it does not help: an arena that was mapped for writing cannot be frozen.
            _writableMemory?.Dispose();
            _writableMemory = null;
        }
    }

    private void ReleaseMemory()
    {
        lock (_memoryGate)
        {
            _memoryIsReleased = true;
            _writableMemory?.Dispose();
            _readOnlyMemory?.Dispose();
        }
    }
}
