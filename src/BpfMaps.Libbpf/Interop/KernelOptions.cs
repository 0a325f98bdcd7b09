using System.IO.Compression;

namespace BpfMaps.Interop;

/// <summary>The options that the running kernel was built with.</summary>
internal static class KernelOptions
{
    private static readonly Lazy<HashSet<string>?> s_set = new(Read);

    /// <summary>Returns whether the kernel was built without an option; <see langword="false"/> if that is unknown.</summary>
    public static bool Lacks(string option) => s_set.Value is { } set && !set.Contains(option);

    /// <summary>Gets the options with the value y or m; <see langword="null"/> if the configuration is nowhere.</summary>
    private static HashSet<string>? Read()
    {
        try
        {
            const string own = "/proc/config.gz";
            string release = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
            string? path = new[] { own, $"/boot/config-{release}", $"/lib/modules/{release}/config" }.FirstOrDefault(File.Exists);
            if (path is null)
                return null;
            using Stream file = File.OpenRead(path);
            using StreamReader text = new(path == own ? new GZipStream(file, CompressionMode.Decompress) : file);
            return Parse(text);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null; // Then the advice does not mention options.
        }
    }

    internal static HashSet<string> Parse(TextReader text)
    {
        HashSet<string> set = new(StringComparer.Ordinal);
        while (text.ReadLine() is { } line)
        {
            if (line.EndsWith("=y", StringComparison.Ordinal) || line.EndsWith("=m", StringComparison.Ordinal))
                set.Add(line[..^2]);
        }
        return set;
    }
}
