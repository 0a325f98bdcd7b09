using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Owns a memory mapping; the handle is its address.</summary>
/// <remarks>
/// Releasing it ends the mapping, but not the validity of the addresses: see <see cref="RetiredMemory"/>. A span that was taken from a view
/// and is used after the disposal of view and map is a mistake that the compiler does not find, and must not end the process or reach the
/// memory of something else.
/// </remarks>
internal sealed class MappedRegion : SafeHandle
{
    private readonly nuint _length;

    private MappedRegion(nint address, nuint length)
        : base(0, ownsHandle: true)
    {
        _length = length;
        SetHandle(address);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Maps a descriptor's memory, shared; where it is wanted is no more than a hint to the kernel, and 0 is anywhere.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Create(int descriptor, nuint length, nint offset, bool writable, out MappedRegion? region, nuint wanted = 0)
    {
        int protection = Libc.ProtRead | (writable ? Libc.ProtWrite : 0);
        if (wanted != 0)
            RetiredMemory.GiveBack((nint)wanted, length);
        nint address = Libc.MemoryMap((nint)wanted, length, protection, Libc.MapShared, descriptor, offset);
        int errno = address == -1 ? Marshal.GetLastSystemError() : Errno.Ok;
        // What is kept only for the case of a mistake must not be what the address space ends at.
        if (errno == Errno.ENOMEM && RetiredMemory.GiveBackAll())
        {
            address = Libc.MemoryMap((nint)wanted, length, protection, Libc.MapShared, descriptor, offset);
            errno = address == -1 ? Marshal.GetLastSystemError() : Errno.Ok;
        }

        region = errno == Errno.Ok ? new MappedRegion(address, length) : null;
        return errno;
    }

    protected override bool ReleaseHandle() => RetiredMemory.Retire(handle, _length);
}
