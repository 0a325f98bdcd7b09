using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>The kernel's host with the behavior before Linux 5.8: values of maps of interfaces, CPUs and sockets have 4 bytes.</summary>
internal sealed class ShortValuesHost() : ForwardingHost(Kernel)
{
    internal override int CreateMap(in BpfMapCreateArguments arguments, out SafeHandle? map)
    {
        map = null;
        bool isShort =
            arguments.Type
                is not (BpfMapType.DevMap or BpfMapType.DevMapHash or BpfMapType.CpuMap or BpfMapType.SockMap or BpfMapType.SockHash)
            || arguments.ValueSize == 4;
        return isShort ? base.CreateMap(arguments, out map) : Errno.EINVAL;
    }
}
