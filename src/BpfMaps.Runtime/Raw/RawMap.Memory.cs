using System.Runtime.InteropServices;

namespace BpfMaps;

// The map's memory in this process. One mapping per kind of access serves all views; it goes when the map and the last view have gone.
public sealed partial class RawMap
{
    private readonly Lock _memoryGate = new();
    private SafeHandle? _writableMemory;
    private SafeHandle? _readOnlyMemory;
    private bool _memoryIsReleased;

    /// <summary>Maps the memory of an array for reading and writing in place, without system calls (mmap, Linux 5.5).</summary>
    /// <remarks>Element <c>i</c> begins at <c>i</c> times <see cref="ValueSize"/> rounded up to 8. The second and every further call shares the mapping.</remarks>
    /// <returns>A view to dispose.</returns>
    /// <exception cref="BpfPermissionException">The map is frozen: use <see cref="MapReadOnly"/>; or the descriptor is read-only or write-only.</exception>
    /// <exception cref="BpfNotSupportedException">Maps of this kind have no memory to map.</exception>
    /// <exception cref="BpfException">The map was created without <see cref="BpfMapFlags.Mmapable"/> (EINVAL).</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfMemoryView Map() => new(Lease(ref _writableMemory, writable: true));

    /// <summary>Maps the memory of an array for reading in place, without system calls (mmap, Linux 5.5).</summary>
    /// <inheritdoc cref="Map" path="/remarks"/>
    /// <returns>A view to dispose.</returns>
    /// <exception cref="BpfNotSupportedException">Maps of this kind have no memory to map.</exception>
    /// <exception cref="BpfPermissionException">The descriptor is write-only.</exception>
    /// <exception cref="BpfException">The map was created without <see cref="BpfMapFlags.Mmapable"/>, or the descriptor is read-only, of which the kernel maps nothing (EINVAL).</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public BpfReadOnlyMemoryView MapReadOnly() => new(Lease(ref _readOnlyMemory, writable: false));

    private MappingLease Lease(ref SafeHandle? memory, bool writable)
    {
        long length = (long)MaxEntries * BpfMapTypeFacts.Stride(_valueSize);
        lock (_memoryGate)
        {
            ObjectDisposedException.ThrowIf(_memoryIsReleased, this);
            if (memory is null)
            {
                int errno = _host.MapMemory(_handle, (nuint)length, 0, writable, out memory);
                if (errno != Errno.Ok)
                    throw Failure(errno, "mmap");
            }

            return new MappingLease(memory!, length);
        }
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
