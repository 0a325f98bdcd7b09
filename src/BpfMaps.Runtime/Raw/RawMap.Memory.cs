using System.Runtime.InteropServices;

namespace BpfMaps;

// The map's memory in this process. One mapping per kind of access serves all views; it goes when the map and the last view have gone.
public sealed partial class RawMap
{
    private readonly Lock _memoryGate = new();
    private SafeHandle? _writableMemory;
    private SafeHandle? _readOnlyMemory;
    private bool _memoryIsReleased;

    /// <summary>Where an arena is mapped: the kernel takes no other address after the first, and does not tell it.</summary>
    private nuint _arenaAddress;

    /// <summary>Maps the memory of an array or an arena for reading and writing in place, without system calls (mmap, Linux 5.5; arenas Linux 6.9).</summary>
    /// <remarks>
    /// Element <c>i</c> of an array begins at <c>i</c> times <see cref="ValueSize"/> rounded up to 8; an arena has <see cref="MaxEntries"/> pages. The second and
    /// every further call shares the mapping. An arena is mapped at <see cref="BpfMapInfo.MapExtra"/> where it was created with one, else where the first mapping of it is.
    /// </remarks>
    /// <returns>A view to dispose.</returns>
    /// <exception cref="BpfPermissionException">The map is frozen: use <see cref="MapReadOnly"/>; or the descriptor is read-only or write-only.</exception>
    /// <exception cref="BpfNotSupportedException">Maps of this kind have no memory to map.</exception>
    /// <exception cref="BpfException">The map was created without <see cref="BpfMapFlags.Mmapable"/> (EINVAL); or it is an arena whose address is taken (EBUSY) or not known (EINVAL).</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfMemoryView Map() => new(Lease(ref _writableMemory, writable: true));

    /// <summary>Maps the memory of an array or an arena for reading in place, without system calls (mmap, Linux 5.5).</summary>
    /// <inheritdoc cref="Map" path="/remarks"/>
    /// <returns>A view to dispose.</returns>
    /// <exception cref="BpfNotSupportedException">Maps of this kind have no memory to map.</exception>
    /// <exception cref="BpfPermissionException">The descriptor is write-only.</exception>
    /// <exception cref="BpfException">The map was created without <see cref="BpfMapFlags.Mmapable"/>, or the descriptor is read-only, of which the kernel maps nothing (EINVAL).</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfReadOnlyMemoryView MapReadOnly() => new(Lease(ref _readOnlyMemory, writable: false));

    private MappingLease Lease(ref SafeHandle? memory, bool writable)
    {
        bool isArena = Type == BpfMapType.Arena;
        long length = MaxEntries * (long)(isArena ? Environment.SystemPageSize : BpfMapTypeFacts.Stride(_valueSize));
        lock (_memoryGate)
        {
            ObjectDisposedException.ThrowIf(_memoryIsReleased, this);
            // An arena has one address, and one mapping at it: who only reads may do so where others write.
            if (isArena && !writable && _writableMemory is not null)
                return new MappingLease(_writableMemory, length);
            if (memory is null)
            {
                int errno = isArena
                    ? MapArena((nuint)length, ref writable, out SafeHandle? mapped)
                    : _host.MapMemory(_handle, (nuint)length, 0, writable, out mapped);
                if (errno != Errno.Ok)
                    throw Failure(errno, "mmap");
                if (isArena && writable)
                    return new MappingLease(_writableMemory = mapped!, length);
                memory = mapped;
            }

            return new MappingLease(memory!, length);
        }
    }

    /// <summary>Maps an arena, writable also for a reader as long as it may be written.</summary>
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

    /// <summary>Lets go of the writable mapping, which the kernel wants gone before it freezes the map. Living views keep it.</summary>
    private void ReleaseWritableMemory()
    {
        lock (_memoryGate)
        {
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
