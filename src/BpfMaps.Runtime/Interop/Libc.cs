using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>
/// The C library. The marshalling is the identity, and failures are read with <see cref="Marshal.GetLastSystemError"/> at the call.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Name = "libc";

    /// <summary>MAP_NORESERVE, which has another number on PowerPC.</summary>
    public static readonly int MapNoReserve = RuntimeInformation.ProcessArchitecture == Architecture.Ppc64le ? 0x40 : 0x4000;

    public const int ProtRead = 1;
    public const int ProtWrite = 2;
    public const int MapShared = 1;
    public const int MapPrivate = 2;
    public const int MapFixed = 0x10;
    public const int MapAnonymous = 0x20;

    /// <summary>MADV_FREE (Linux 4.5): the kernel may take the pages.</summary>
    public const int AdviceFree = 8;
    public const int FcntlGetFlags = 3;
    public const int FcntlDuplicateCloseOnExec = 1030;
    public const int OpenAccessModeMask = 3;
    public const int OpenReadOnly = 0;
    public const int OpenWriteOnly = 1;
    public const int OpenCloseOnExec = 0x80000;

    /// <summary>O_DIRECTORY, which has another number on two architectures.</summary>
    public static readonly int OpenDirectory = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Ppc64le
        ? 0x4000
        : 0x10000;

    /// <summary>Opens a mere reference to a file, which requires no access to its content and does not block for pipes.</summary>
    public const int OpenPath = 0x200000;

    public const short PollIn = 1;
    public const int EventFdCloseOnExec = 0x80000;
    public const int EventFdNonBlocking = 0x800;
    public const int EpollCloseOnExec = 0x80000;
    public const long BpfFsMagic = 0xcafe4a11;

    /// <summary>struct statfs has 120 bytes; twice that is safe.</summary>
    private const int StatFsWords = 32;

    /// <summary>
    /// Looks the functions up in the whole process and not in libc alone, so that what is preloaded before libc takes part, as it does for
    /// C.
    /// </summary>
    static Libc() =>
        NativeLibrary.SetDllImportResolver(
            typeof(Libc).Assembly,
            static (name, _, _) => name == Name ? NativeLibrary.GetMainProgramHandle() : 0
        );

    [LibraryImport(Name, EntryPoint = "syscall")]
    public static partial nint Syscall(nint number, nint argument1, nint argument2, nint argument3);

    [LibraryImport(Name, EntryPoint = "syscall")]
    public static partial nint Syscall(nint number, nint argument1, nint argument2, nint argument3, nint argument4, nint argument5);

    [LibraryImport(Name, EntryPoint = "open")]
    public static partial int Open(byte* path, int flags);

    [LibraryImport(Name, EntryPoint = "close")]
    public static partial int Close(int fd);

    [LibraryImport(Name, EntryPoint = "fcntl")]
    public static partial int Fcntl(int fd, int command, nint argument);

    [LibraryImport(Name, EntryPoint = "mmap")]
    public static partial nint MemoryMap(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport(Name, EntryPoint = "munmap")]
    public static partial int MemoryUnmap(nint address, nuint length);

    [LibraryImport(Name, EntryPoint = "madvise")]
    public static partial int MemoryAdvise(nint address, nuint length, int advice);

    [LibraryImport(Name, EntryPoint = "unlinkat")]
    public static partial int UnlinkAt(int directory, byte* name, int flags);

    [LibraryImport(Name, EntryPoint = "readlink")]
    public static partial nint ReadLink(byte* path, byte* buffer, nuint size);

    [LibraryImport(Name, EntryPoint = "read")]
    public static partial nint Read(int fd, void* buffer, nuint count);

    [LibraryImport(Name, EntryPoint = "write")]
    public static partial nint Write(int fd, void* buffer, nuint count);

    [LibraryImport(Name, EntryPoint = "ppoll")]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, TimeSpecification* timeout, void* signalMask);

    [LibraryImport(Name, EntryPoint = "clock_gettime")]
    public static partial int GetTime(int clock, TimeSpecification* time);

    [LibraryImport(Name, EntryPoint = "eventfd")]
    public static partial int EventFd(uint initialValue, int flags);

    [LibraryImport(Name, EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Name, EntryPoint = "epoll_ctl")]
    public static partial int EpollControl(int epoll, int operation, int fd, byte* epollEvent);

    [LibraryImport(Name, EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, byte* epollEvents, int count, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "statfs")]
    private static partial int StatFs(byte* path, long* buffer);

    [LibraryImport(Name, EntryPoint = "fstatfs")]
    private static partial int StatFs(int fd, long* buffer);

    /// <summary>
    /// Returns whether <paramref name="path"/> is in a BPF file system; <see langword="false"/> also where it does not exist.
    /// </summary>
    public static bool IsInBpfFs(string path)
    {
        long* buffer = stackalloc long[StatFsWords];
        fixed (byte* pointer = NullTerminatedUtf8(path, stackalloc byte[512]))
            return StatFs(pointer, buffer) == 0 && IsBpfFs(buffer);
    }

    /// <summary>Returns whether what a descriptor stands for is in a BPF file system.</summary>
    public static bool IsInBpfFs(int descriptor)
    {
        long* buffer = stackalloc long[StatFsWords];
        return StatFs(descriptor, buffer) == 0 && IsBpfFs(buffer);
    }

    // struct statfs begins with f_type, a long (an unsigned int on s390x).
    private static bool IsBpfFs(long* buffer) =>
        (uint)(RuntimeInformation.ProcessArchitecture == Architecture.S390x ? *(uint*)buffer : *buffer) == (uint)BpfFsMagic;

    /// <summary>The text as NUL-terminated UTF-8, in <paramref name="buffer"/> where it fits.</summary>
    public static Span<byte> NullTerminatedUtf8(string text, Span<byte> buffer)
    {
        int length = System.Text.Encoding.UTF8.GetByteCount(text) + 1;
        if (length > buffer.Length)
            buffer = new byte[length];
        int written = System.Text.Encoding.UTF8.GetBytes(text, buffer);
        buffer[written] = 0;
        return buffer[..length];
    }
}
