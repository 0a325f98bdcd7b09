using System.Runtime.InteropServices;
using System.Text;

namespace BpfMaps.Interop;

/// <summary>
/// Reads small files of the kernel. They are read to compose an error message, so failing to read one is an error
/// number too.
/// </summary>
internal static unsafe class SystemFile
{
    private const int Chunk = 4096;

    /// <summary>Reads a whole file.</summary>
    /// <returns>0, or the error number.</returns>
    public static int TryRead(string path, out string text)
    {
        text = "";
        int errno;
        OwnedDescriptor? file;
        fixed (byte* name = Libc.NullTerminatedUtf8(path, stackalloc byte[256]))
            errno = OwnedDescriptor.Adopt(Libc.Open(name, Libc.OpenReadOnly | Libc.OpenCloseOnExec), out file);
        if (errno != Errno.Ok)
            return errno;

        using (file)
        {
            StringBuilder read = new();
            byte* buffer = stackalloc byte[Chunk];
            while (true)
            {
                nint count = Libc.Read(file!.Number, buffer, Chunk);
                if (count == 0)
                    break;
                if (count > 0)
                    read.Append(Encoding.UTF8.GetString(buffer, (int)count));
                else if (Marshal.GetLastSystemError() is var problem and not Errno.EINTR)
                    return problem;
            }

            text = read.ToString();
            return Errno.Ok;
        }
    }

    /// <summary>Reads where a symbolic link leads.</summary>
    /// <returns><see langword="null"/> if there is no link.</returns>
    public static string? LinkTarget(string path)
    {
        byte* buffer = stackalloc byte[Chunk];
        fixed (byte* name = Libc.NullTerminatedUtf8(path, stackalloc byte[256]))
        {
            nint length = Libc.ReadLink(name, buffer, Chunk);
            return length > 0 ? Encoding.UTF8.GetString(buffer, (int)length) : null;
        }
    }
}
