using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Owns a descriptor other than a map: an epoll instance, an event counter, a program, a link.</summary>
internal sealed class OwnedDescriptor : SafeHandle
{
    private OwnedDescriptor(int descriptor)
        : base(-1, ownsHandle: true) => SetHandle(descriptor);

    public override bool IsInvalid => handle < 0;

    /// <summary>Gets the number, for callers that ensure that this object is not disposed during the use.</summary>
    public int Number => (int)handle;

    /// <summary>Takes ownership of an open descriptor.</summary>
    public static OwnedDescriptor Own(int descriptor) => new(descriptor);

    /// <summary>Takes what a call of libc returned.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Adopt(int result, out OwnedDescriptor? descriptor)
    {
        descriptor = result >= 0 ? new OwnedDescriptor(result) : null;
        return result >= 0 ? Errno.Ok : Marshal.GetLastSystemError();
    }

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
