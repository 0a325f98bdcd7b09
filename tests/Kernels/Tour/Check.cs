namespace Tour;

/// <summary>Conditions that a step expects.</summary>
internal static class Check
{
    public static void That(bool condition, string found)
    {
        if (!condition)
            throw new InvalidOperationException($"unexpected result: {found}");
    }

    /// <summary>Opens an existing file ten times, and one that does not exist.</summary>
    public static void OpenFiles()
    {
        for (int i = 0; i < 10; i++)
            File.OpenHandle("/etc/hostname").Dispose();
        That(!File.Exists("/no/such/file"), "a file that should not exist");
        try
        {
            File.OpenHandle("/no/such/file").Dispose();
        }
        catch (DirectoryNotFoundException)
        {
            // The failure is what programs count.
        }
    }
}
