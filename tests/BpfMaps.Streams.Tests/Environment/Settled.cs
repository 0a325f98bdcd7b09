namespace BpfMaps.Tests;

/// <summary>What this process holds once the thread that waited for asynchronous readers, whose last has left, has ended.</summary>
internal static class Settled
{
    private const string ThreadName = "BpfMaps epoll";

    /// <summary>
    /// The descriptors that streams are made of. Not all of the process: pipes to a compiler that has ended go whenever the runtime gets to them.
    /// </summary>
    public static int CountDescriptors()
    {
        Assert.Null(ReadinessLoop.CurrentThread);
        Assert.True(SpinWait.SpinUntil(() => !HasThread(), TimeSpan.FromMinutes(1)), "The waiting thread did not end with its last reader.");
        return Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(entry =>
            new FileInfo(entry).LinkTarget is { } target && (target.StartsWith("anon_inode:bpf", StringComparison.Ordinal) || target is "anon_inode:[eventfd]" or "anon_inode:[perf_event]"));
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
