using System.Runtime.InteropServices;

namespace BpfMaps.Metrics.Interop;

/// <summary>Functions of libc for decoders that .NET does not offer.</summary>
internal static unsafe partial class Libc
{
    private const int InterfaceNameSize = 16;
    private const int OpenPathOnly = 0x200000;
    private const int CloseOnExec = 0x80000;

    /// <summary>FILEID_KERNFS. The handle of a file in cgroupfs is its id.</summary>
    private const int KernfsHandle = 0xFE;

    /// <returns>The name; <see langword="null"/> if the interface does not exist in this network namespace.</returns>
    public static string? InterfaceName(uint index)
    {
        byte* name = stackalloc byte[InterfaceNameSize];
        return IndexToName(index, name) == null ? null : Marshal.PtrToStringUTF8((nint)name);
    }

    /// <summary>Gets the path of the cgroup with an id (open_by_handle_at, which requires CAP_DAC_READ_SEARCH).</summary>
    /// <param name="root">The mount point of the cgroup v2 hierarchy.</param>
    /// <param name="id">The id.</param>
    /// <returns><see langword="null"/> if the cgroup does not exist or the call fails.</returns>
    public static string? CgroupPath(string root, ulong id)
    {
        int mount = Open(root, CloseOnExec);
        if (mount < 0)
            return null;
        try
        {
            FileHandle handle = new()
            {
                Bytes = sizeof(ulong),
                Type = KernfsHandle,
                Id = id,
            };
            int group = OpenByHandle(mount, &handle, OpenPathOnly | CloseOnExec);
            if (group < 0)
                return null;
            try
            {
                return new FileInfo(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/proc/self/fd/{group}")).LinkTarget;
            }
            finally
            {
                _ = Close(group);
            }
        }
        finally
        {
            _ = Close(mount);
        }
    }

    [LibraryImport("libc", EntryPoint = "if_indextoname")]
    private static partial byte* IndexToName(uint index, byte* name);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "open_by_handle_at")]
    private static partial int OpenByHandle(int mount, FileHandle* handle, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    /// <summary>struct file_handle with 8 bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct FileHandle
    {
        public uint Bytes;
        public int Type;
        public ulong Id;
    }
}
