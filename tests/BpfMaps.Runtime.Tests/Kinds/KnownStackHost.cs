using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>The kernel's host, except that every id is that of a stack with the given frames.</summary>
internal sealed unsafe class KnownStackHost(params BpfStackBuildIdStatus[] frames) : ForwardingHost(Kernel)
{
    private const int FrameSize = 32;

    internal override int Lookup(SafeHandle map, byte* key, byte* value, ulong flags)
    {
        int errno = GetMapInfo(map, out BpfMapInfoData info);
        if (errno != Errno.Ok)
            return errno;
        Span<byte> stack = new(value, (int)info.ValueSize);
        stack.Clear();
        for (int frame = 0; frame < frames.Length; frame++)
            stack[frame * FrameSize] = (byte)frames[frame];
        return Errno.Ok;
    }

    private int GetMapInfo(SafeHandle map, out BpfMapInfoData info)
    {
        info = default;
        fixed (BpfMapInfoData* data = &info)
            return GetMapInfo(map, data);
    }
}
