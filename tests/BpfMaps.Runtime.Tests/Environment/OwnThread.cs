using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Runs an action on a new thread, so that dropped capabilities and changed namespaces end with the thread.</summary>
internal static unsafe partial class OwnThread
{
    private const int NewMountNamespace = 0x20000;
    private const uint Recursive = 0x4000, Private = 1 << 18;
    private const int Detach = 2;
    private const uint CapabilityVersion3 = 0x20080522;
    private const ulong CapBpf = 1UL << 39;

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

    private static void RunWithCapabilities(ulong capabilities, Action action) => Run(() =>
    {
        // The C library's capset is the raw system call: it changes only this thread.
        (uint low, uint high) = ((uint)capabilities, (uint)(capabilities >> 32));
        uint* header = stackalloc uint[] { CapabilityVersion3, 0 };
        uint* sets = stackalloc uint[] { low, low, 0, high, high, 0 }; // effective, permitted, inheritable
        Assert.Equal(0, SetCapabilities(header, sets));
        action();
    });

    /// <summary>Runs an action in a mount namespace where nothing is mounted at a path.</summary>
    public static void RunWithoutMount(string path, Action action) => Run(() =>
    {
        Assert.Equal(0, Unshare(NewMountNamespace));
        Assert.Equal(0, Mount("none", "/", null, Recursive | Private, 0));
        while (File.ReadLines("/proc/thread-self/mounts").Any(line => line.Split(' ')[1] == path)) // Several mounts may be stacked.
            Assert.Equal(0, Unmount(path, Detach));
        action();
    });

    [LibraryImport("libc", EntryPoint = "capset")]
    private static partial int SetCapabilities(uint* header, uint* data);

    [LibraryImport("libc", EntryPoint = "unshare")]
    private static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string? type, nuint flags, nint data);

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);
}
