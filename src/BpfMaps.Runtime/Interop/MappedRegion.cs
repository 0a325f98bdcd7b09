using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Owns a memory mapping; the handle is its address.</summary>
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
        nint address = Libc.MemoryMap((nint)wanted, length, protection, Libc.MapShared, descriptor, offset);
        if (address == -1)
        {
            region = null;
            return Marshal.GetLastSystemError();
        }

        region = new MappedRegion(address, length);
        return Errno.Ok;
    }

    protected override bool ReleaseHandle() => Libc.MemoryUnmap(handle, _length) == 0;
}
