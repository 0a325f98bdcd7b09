using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Runs code on a specific CPU.</summary>
internal static unsafe partial class PinnedThread
{
    /// <summary>Runs an action and waits for it.</summary>
    public static void Run(int cpu, Action action) => Start(cpu, action).GetAwaiter().GetResult();

    /// <summary>Runs an action on a new thread that never leaves the CPU.</summary>
    public static Task Start(int cpu, Action action) =>
        Task.Factory.StartNew(
            () =>
            {
                // A mask of 1,024 CPUs, the size of glibc's own.
                Span<ulong> mask = stackalloc ulong[16];
                mask[cpu / 64] = 1ul << (cpu % 64);
                fixed (ulong* pointer = mask)
                    Assert.Equal(0, SetAffinity(0, (nuint)(mask.Length * sizeof(ulong)), pointer));
                action();
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SetAffinity(int thread, nuint size, ulong* mask);
}
