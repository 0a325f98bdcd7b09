namespace BpfMaps.Tests;

/// <summary>Counts the resources of this process after the thread that waits for asynchronous readers has ended.</summary>
internal static class Settled
{
    private const string ThreadName = "BpfMaps epoll";

    /// <summary>
    /// Counts the descriptors that streams consist of. Other descriptors are excluded: the runtime closes pipes to an exited compiler at
    /// any time.
    /// </summary>
    public static int CountDescriptors()
    {
        Assert.Null(ReadinessLoop.CurrentThread);
        Assert.True(
            SpinWait.SpinUntil(() => !HasThread(), TimeSpan.FromMinutes(1)),
            "The waiting thread did not end with its last reader."
        );
        return Directory
            .EnumerateFileSystemEntries("/proc/self/fd")
            .Count(entry =>
                new FileInfo(entry).LinkTarget is { } target
                && (
                    target.StartsWith("anon_inode:bpf", StringComparison.Ordinal)
                    || target is "anon_inode:[eventfd]" or "anon_inode:[perf_event]"
                )
            );
    }

    public static bool HasThread()
    {
        foreach (string directory in Directory.EnumerateDirectories("/proc/self/task"))
        {
            try
            {
                if (File.ReadAllText($"{directory}/comm").TrimEnd() == ThreadName)
                    return true;
            }
            catch (IOException)
            {
                // The thread ended between the two steps.
            }
        }

        return false;
    }
}
