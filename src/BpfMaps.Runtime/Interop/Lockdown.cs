namespace BpfMaps.Interop;

/// <summary>The lockdown of the kernel, which secure boot often turns on (Linux 5.4).</summary>
internal static class Lockdown
{
    /// <summary>Gets <c>integrity</c> or <c>confidentiality</c>; <see langword="null"/> without lockdown or if it cannot be read.</summary>
    public static string? Level => SystemFile.TryRead("/sys/kernel/security/lockdown", out string text) == Errno.Ok ? Parse(text) : null;

    /// <summary>Parses the levels, of which the current one is in brackets: <c>none [integrity] confidentiality</c>.</summary>
    internal static string? Parse(string levels)
    {
        int start = levels.IndexOf('[') + 1,
            end = levels.IndexOf(']');
        return end > start && levels[start..end] is var level and not "none" ? level : null;
    }
}
