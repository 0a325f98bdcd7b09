using System.Globalization;
using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Names and indices of network interfaces in the network namespace of this process.</summary>
internal static unsafe class Interfaces
{
    private const int NameCapacity = 16;

    /// <exception cref="BpfObjectException">There is no interface of this name.</exception>
    public static int IndexOf(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        uint index = Native.InterfaceIndex(name);
        if (index != 0)
            return (int)index;
        int errno = Marshal.GetLastPInvokeError();
        throw Call.Failure(
            $"Finding the network interface '{name}'",
            "if_nametoindex",
            errno,
            log: "",
            errno == Errno.ENODEV ? $"The network namespace of this process has no interface '{name}'." : null
        );
    }

    /// <summary>Returns the name; the index if the interface is in another network namespace.</summary>
    public static string Describe(int index)
    {
        byte* name = stackalloc byte[NameCapacity];
        return Native.InterfaceName((uint)index, name) != null
            ? Marshal.PtrToStringUTF8((nint)name)!
            : string.Create(CultureInfo.InvariantCulture, $"interface {index}");
    }
}
