using System.Globalization;
using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>
/// The path of a pin with its directory opened, so that all operations use the same directory even if the path is changed.
/// </summary>
/// <remarks>
/// Links on the way to the directory are followed, as people have them (/run/bpf, a tc directory that stands for another). What counts is
/// where they led: the file system is asked of the descriptor, and the pin is removed below the descriptor, so a directory that somebody
/// swaps in between changes neither.
/// </remarks>
internal sealed unsafe class PinPath : IDisposable
{
    /// <summary>BPF_F_PATH_FD (Linux 6.5): the path begins at a descriptor.</summary>
    private const uint BeginsAtDescriptor = 1 << 14;

    private readonly string _path;
    private readonly string _name;
    private readonly OwnedDescriptor _directory;

    private PinPath(string path, string name, OwnedDescriptor directory)
    {
        _path = path;
        _name = name;
        _directory = directory;
    }

    /// <summary>Gets whether the directory is in a BPF file system.</summary>
    public bool IsInBpfFs => Libc.IsInBpfFs(_directory.Number);

    /// <summary>Opens the directory of a path.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Open(string path, out PinPath? pin)
    {
        int slash = path.LastIndexOf('/');
        string directory = slash <= 0 ? "/" : path[..slash];
        int errno;
        OwnedDescriptor? descriptor;
        fixed (byte* name = Libc.NullTerminatedUtf8(directory, stackalloc byte[256]))
            errno = OwnedDescriptor.Adopt(Libc.Open(name, Libc.OpenPath | Libc.OpenDirectory | Libc.OpenCloseOnExec), out descriptor);
        pin = errno == Errno.Ok ? new PinPath(path, path[(slash + 1)..], descriptor!) : null;
        return errno;
    }

    /// <summary>
    /// Issues BPF_OBJ_PIN or BPF_OBJ_GET by the path alone. The kernel itself pins nowhere and opens nothing outside of BPF file systems.
    /// </summary>
    /// <returns>What the command returns, or the negated error number.</returns>
    public static int InvokeByPath(BpfCommand command, string path, int descriptor, uint flags)
    {
        fixed (byte* name = Libc.NullTerminatedUtf8(path, stackalloc byte[256]))
        {
            ObjectPathAttribute attribute = default;
            attribute.PathName = (ulong)name;
            attribute.BpfFd = (uint)descriptor;
            attribute.FileFlags = flags;
            return BpfSyscall.Invoke(command, &attribute, (uint)sizeof(ObjectPathAttribute));
        }
    }

    /// <summary>Issues BPF_OBJ_PIN or BPF_OBJ_GET in the directory.</summary>
    /// <param name="command">The command.</param>
    /// <param name="descriptor">What is pinned; 0 for BPF_OBJ_GET.</param>
    /// <param name="flags">The access that is asked for; 0 for BPF_OBJ_PIN.</param>
    /// <returns>What the command returns, or the negated error number.</returns>
    public int Invoke(BpfCommand command, int descriptor, uint flags)
    {
        int result = InvokeAtDescriptor(command, descriptor, flags);
        // So an older kernel refuses the flag, or the attribute's length. It may as well be about the object: then the next attempt says so
        // too.
        if (result is not (-Errno.EINVAL or -Errno.E2BIG))
            return result;
        result = InvokeThroughProc(command, descriptor, flags);
        return result is -Errno.ENOENT or -Errno.ENOTDIR && !ProcFs.IsMounted ? InvokeByPath(command, _path, descriptor, flags) : result;
    }

    /// <summary>Issues the command with a name that begins at the descriptor (Linux 6.5).</summary>
    public int InvokeAtDescriptor(BpfCommand command, int descriptor, uint flags)
    {
        fixed (byte* name = Libc.NullTerminatedUtf8(_name, stackalloc byte[256]))
        {
            ObjectPathAtAttribute attribute = default;
            attribute.Path.PathName = (ulong)name;
            attribute.Path.BpfFd = (uint)descriptor;
            attribute.Path.FileFlags = flags | BeginsAtDescriptor;
            attribute.PathFd = _directory.Number;
            return BpfSyscall.Invoke(command, &attribute, ObjectPathAtAttribute.UsedSize);
        }
    }

    /// <summary>Issues the command with the path that /proc has for the descriptor.</summary>
    public int InvokeThroughProc(BpfCommand command, int descriptor, uint flags) =>
        InvokeByPath(command, string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_directory.Number}/{_name}"), descriptor, flags);

    /// <summary>Removes the pin, if the directory is in a BPF file system.</summary>
    /// <returns>0, or the error number: EPERM outside of BPF file systems.</returns>
    public int Remove()
    {
        if (!IsInBpfFs)
            return Errno.EPERM;
        fixed (byte* name = Libc.NullTerminatedUtf8(_name, stackalloc byte[256]))
            return Libc.UnlinkAt(_directory.Number, name, 0) == 0 ? Errno.Ok : Marshal.GetLastSystemError();
    }

    public void Dispose() => _directory.Dispose();
}
