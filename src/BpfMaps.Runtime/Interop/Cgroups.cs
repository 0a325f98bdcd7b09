using System.Globalization;
using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Finds control groups of the version 2 hierarchy by their ids.</summary>
internal static unsafe partial class Cgroups
{
    /// <summary>FILEID_KERNFS. The handle of a file in cgroupfs is its id.</summary>
    private const int KernfsHandle = 0xFE;

    /// <summary>Returns where the hierarchy is mounted; <see langword="null"/> if it is not.</summary>
    public static string? MountPoint() =>
        SystemFile.TryRead("/proc/self/mounts", out string mounts) == Errno.Ok
            ? mounts.Split('\n').Select(static line => line.Split(' ')).FirstOrDefault(static fields => fields is [_, _, "cgroup2", ..])?[1]
            : null;

    /// <summary>Gets the directory of a control group (open_by_handle_at, which requires CAP_DAC_READ_SEARCH).</summary>
    /// <param name="root">The mount point of the hierarchy.</param>
    /// <param name="id">The id.</param>
    /// <returns><see langword="null"/> if the group does not exist, is not below the mount point, or the call fails.</returns>
    public static string? FindPath(string root, ulong id)
    {
        int mount;
        fixed (byte* path = Libc.NullTerminatedUtf8(root, stackalloc byte[256]))
            mount = Libc.Open(path, Libc.OpenCloseOnExec);
        if (mount < 0)
            return null;
        FileHandle handle = new()
        {
            Bytes = sizeof(ulong),
            Type = KernfsHandle,
            Id = id,
        };
        int group = OpenByHandle(mount, &handle, Libc.OpenPath | Libc.OpenCloseOnExec);
        _ = Libc.Close(mount);
        if (group < 0)
            return null;
        string? found = SystemFile.LinkTarget(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{group}"));
        _ = Libc.Close(group);
        return found is not null && found.StartsWith(root, StringComparison.Ordinal) ? found : null;
    }

    [LibraryImport("libc", EntryPoint = "open_by_handle_at")]
    private static partial int OpenByHandle(int mount, FileHandle* handle, int flags);

    /// <summary>struct file_handle with 8 bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct FileHandle
    {
        public uint Bytes;
        public int Type;
        public ulong Id;
    }
}
