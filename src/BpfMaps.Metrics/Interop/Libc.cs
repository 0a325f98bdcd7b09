using System.Runtime.InteropServices;

namespace BpfMaps.Metrics.Interop;

/// <summary>Functions of libc for decoders that .NET does not offer.</summary>
internal static unsafe partial class Libc
{
    private const int InterfaceNameSize = 16;

    /// <returns>The name; <see langword="null"/> if the interface does not exist in this network namespace.</returns>
    public static string? InterfaceName(uint index)
    {
        byte* name = stackalloc byte[InterfaceNameSize];
        return IndexToName(index, name) == null ? null : Marshal.PtrToStringUTF8((nint)name);
    }

    [LibraryImport("libc", EntryPoint = "if_indextoname")]
    private static partial byte* IndexToName(uint index, byte* name);
}
