using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Runs an action on a new thread, so that dropped capabilities and changed namespaces end with the thread.</summary>
internal static unsafe partial class OwnThread
{
    private const int NewMountNamespace = 0x20000;
    private const uint ReadOnly = 1,
        Remount = 0x20,
        Bind = 0x1000,
        Recursive = 0x4000,
        Private = 1 << 18;
    private const int Detach = 2;
    private const uint CapabilityVersion3 = 0x20080522;
    public const ulong CapNetAdmin = 1UL << 12;
    public const ulong CapPerfmon = 1UL << 38;
    public const ulong CapBpf = 1UL << 39;

    public static void Run(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                action();
            }
#pragma warning disable CA1031 // Every exception is rethrown below.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>Runs an action without any capabilities.</summary>
    public static void RunWithoutCapabilities(Action action) => RunWithCapabilities(0, action);

    /// <summary>Runs an action with CAP_BPF and no other capabilities.</summary>
    public static void RunWithCapBpf(Action action) => RunWithCapabilities(CapBpf, action);

    /// <summary>Where /proc is not mounted.</summary>
    public static void RunWithoutProc(Action action) =>
        RunWithOwnMounts(() =>
        {
            do Assert.Equal(0, Unmount("/proc", Detach));
            while (Directory.Exists("/proc/self")); // Mounts may lie on one another.
            action();
        });

    /// <summary>With a BPF file system of its own at a directory that exists.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="options">Options of the file system, such as <c>mode=0755</c>.</param>
    /// <param name="action">Gets a function that makes the file system read-only.</param>
    public static void RunWithBpfFs(string directory, string options, Action<Action> action) =>
        RunWithOwnMounts(() =>
        {
            Assert.Equal(0, Mount("bpf", directory, "bpf", 0, options));
            action(() => Assert.Equal(0, Mount("bpf", directory, "bpf", ReadOnly | Remount, options)));
        });

    /// <summary>Where a file, such as a setting below /proc/sys, has other content.</summary>
    public static void RunWithFile(string path, string content, Action action)
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, content);
        RunWithOwnMounts(() =>
        {
            Assert.Equal(0, Mount(file, path, null, Bind, null));
            action();
        });
        File.Delete(file);
    }

    /// <summary>As a user that has no capability.</summary>
    public static void RunAsUser(uint user, Action action) =>
        Run(() =>
        {
            // The bare system call: it changes this thread alone, where the C library's function changes all.
            int number = RuntimeInformation.ProcessArchitecture switch
            {
                Architecture.X64 => 117,
                Architecture.S390x => 208,
                Architecture.Ppc64le => 164,
                _ => 147,
            };
            Assert.Equal(0, TestLibc.Syscall(number, (nint)user, (nint)user, (nint)user, 0, 0));
            action();
        });

    private static void RunWithOwnMounts(Action action) =>
        Run(() =>
        {
            Assert.Equal(0, Unshare(NewMountNamespace));
            Assert.Equal(0, Mount("none", "/", null, Recursive | Private, null));
            action();
        });

    /// <summary>With some capabilities and no other.</summary>
    public static void RunWithCapabilities(ulong capabilities, Action action) =>
        Run(() =>
        {
            DropAllBut(capabilities);
            action();
        });

    /// <summary>Gives up all capabilities of the calling thread but some, for good.</summary>
    public static void DropAllBut(ulong capabilities)
    {
        // The C library's capset is the raw system call: it changes only this thread.
        (uint low, uint high) = ((uint)capabilities, (uint)(capabilities >> 32));
        uint* header = stackalloc uint[] { CapabilityVersion3, 0 };
        uint* sets = stackalloc uint[] { low, low, 0, high, high, 0 }; // effective, permitted, inheritable
        Assert.Equal(0, SetCapabilities(header, sets));
    }

    /// <summary>Runs an action in a mount namespace where nothing is mounted at a path.</summary>
    public static void RunWithoutMount(string path, Action action) =>
        RunWithOwnMounts(() =>
        {
            while (File.ReadLines("/proc/thread-self/mounts").Any(line => line.Split(' ')[1] == path)) // Several mounts may be stacked.
                Assert.Equal(0, Unmount(path, Detach));
            action();
        });

    [LibraryImport("libc", EntryPoint = "capset")]
    private static partial int SetCapabilities(uint* header, uint* data);

    [LibraryImport("libc", EntryPoint = "unshare")]
    private static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string? type, nuint flags, string? data);

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);
}
