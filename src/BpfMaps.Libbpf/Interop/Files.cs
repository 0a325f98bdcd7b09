using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Operations on files that .NET performs differently.</summary>
internal static partial class Files
{
    /// <summary>
    /// Renames a file and atomically replaces an existing one. <see cref="File.Move(string, string, bool)"/> may copy files, which pins
    /// are not.
    /// </summary>
    /// <returns>0, or the error number.</returns>
    public static int Rename(string from, string to) => RenameFile(from, to) == 0 ? Errno.Ok : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int RenameFile(string from, string to);
}
