using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Reads the numbers and owners of inodes, which .NET does not expose.</summary>
internal static unsafe partial class Inodes
{
    private const int EmptyPath = 0x1000;
    private const uint InodeNumber = 0x100;
    private const uint ModeAndOwner = 0x2 | 0x8 | 0x10;
    private const int CurrentDirectory = -100;
    private const int PermissionBits = 0xfff;

    // struct statx is the same on every architecture.
    private const int StatSize = 256;
    private const int UserOffset = 20;
    private const int ModeOffset = 28;
    private const int NumberOffset = 32;

    /// <param name="descriptor">A descriptor of the file, which stays open during the call.</param>
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

    /// <summary>Reads the owner and the mode of a path, following links.</summary>
    /// <param name="path">The path.</param>
    /// <param name="userId">The owner.</param>
    /// <param name="mode">The bits that chmod(1) sets.</param>
    /// <returns>0, or the error number.</returns>
    public static int GetOwner(string path, out uint userId, out int mode)
    {
        (userId, mode) = (0, 0);
        byte* stat = stackalloc byte[StatSize];
        fixed (byte* name = Libc.NullTerminatedUtf8(path, stackalloc byte[256]))
        {
            if (Stat(CurrentDirectory, name, 0, ModeAndOwner, stat) != 0)
                return Marshal.GetLastSystemError();
        }

        userId = *(uint*)(stat + UserOffset);
        mode = *(ushort*)(stat + ModeOffset) & PermissionBits;
        return Errno.Ok;
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int Stat(int directory, byte* path, int flags, uint mask, byte* buffer);
}
