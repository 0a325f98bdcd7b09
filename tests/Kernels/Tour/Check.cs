using BpfMaps;

namespace Tour;

/// <summary>Conditions that a step expects.</summary>
internal static class Check
{
    public static void That(bool condition, string found)
    {
        if (!condition)
            throw new InvalidOperationException($"unexpected result: {found}");
    }

    /// <summary>Expects an exception whose message has some words.</summary>
    public static void Fails<TException>(Action action, params string[] words)
        where TException : BpfException
    {
        try
        {
            action();
        }
        catch (TException exception)
        {
            foreach (string word in words)
                That(exception.Message.Contains(word, StringComparison.Ordinal), $"'{word}' is not in: {exception.Message}");
            return;
        }
        throw new InvalidOperationException($"no error with '{string.Join("', '", words)}'");
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
