namespace BpfMaps.Tests;

/// <summary>What this process holds once the thread that waited for asynchronous readers, whose last has left, has ended.</summary>
internal static class Settled
{
    private const string ThreadName = "BpfMaps epoll";

    public static int CountDescriptors()
    {
        Assert.Null(ReadinessLoop.CurrentThread);
        Assert.True(SpinWait.SpinUntil(() => !HasThread(), TimeSpan.FromMinutes(1)), "The waiting thread did not end with its last reader.");
        return Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();
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
