using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Owns an open object. It is closed when the last reference is released.</summary>
internal sealed class ObjectHandle : SafeHandle
{
    public ObjectHandle(nint bpfObject)
        : base(0, ownsHandle: true) => SetHandle(bpfObject);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Native.ObjectClose(handle);
        return true;
    }
}
