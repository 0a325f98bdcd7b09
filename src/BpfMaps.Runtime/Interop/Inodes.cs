using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Asks for the numbers of inodes, which .NET does not tell.</summary>
internal static unsafe partial class Inodes
{
    private const int EmptyPath = 0x1000;
    private const uint InodeNumber = 0x100;

    // struct statx is the same on every architecture.
    private const int StatSize = 256;
    private const int NumberOffset = 32;

    /// <param name="descriptor">A descriptor of the file, which nobody closes meanwhile.</param>
    /// <param name="number">The number.</param>
    /// <returns>0, or the error number.</returns>
    public static int GetNumber(int descriptor, out ulong number)
    {
        number = 0;
        byte* stat = stackalloc byte[StatSize];
        byte noPath = 0;
        if (Stat(descriptor, &noPath, EmptyPath, InodeNumber, stat) != 0)
            return Marshal.GetLastSystemError();
        number = *(ulong*)(stat + NumberOffset);
        return Errno.Ok;
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Stat(int directory, byte* path, int flags, uint mask, byte* buffer);
}
