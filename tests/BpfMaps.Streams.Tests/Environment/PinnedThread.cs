using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Runs code on one CPU.</summary>
internal static unsafe partial class PinnedThread
{
    /// <summary>Runs it and waits for its end.</summary>
    public static void Run(int cpu, Action action) => Start(cpu, action).GetAwaiter().GetResult();

    /// <summary>Runs it on a thread of its own, which never leaves the CPU.</summary>
    public static Task Start(int cpu, Action action) => Task.Factory.StartNew(
        () =>
        {
            // A mask of 1,024 CPUs, as long as glibc's own.
            Span<ulong> mask = stackalloc ulong[16];
            mask[cpu / 64] = 1ul << (cpu % 64);
            fixed (ulong* pointer = mask)
                Assert.Equal(0, SetAffinity(0, (nuint)(mask.Length * sizeof(ulong)), pointer));
            action();
        },
        TestContext.Current.CancellationToken,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint size, ulong* mask);
}
