using System.Globalization;

namespace BpfMaps.Interop;

/// <summary>Reads /proc for descriptors and settings. Results are empty if it is not mounted or no descriptor is left.</summary>
internal static class ProcFs
{
    /// <summary>Gets whether /proc is mounted.</summary>
    public static bool IsMounted => Directory.Exists("/proc/self/fd");

    /// <summary>
    /// Returns whether this process is not in the initial user namespace, so that its capabilities do not apply to BPF commands.
    /// </summary>
    public static bool IsInUserNamespace =>
        SystemFile.TryRead("/proc/self/uid_map", out string map) == Errno.Ok
        && map.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not ["0", "0", "4294967295"];

    /// <summary>Returns the kind of a descriptor, such as <c>anon_inode:bpf-map</c>; <see langword="null"/> if it cannot be read.</summary>
    public static string? DescriptorKind(int descriptor) =>
        SystemFile.LinkTarget(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}"));

    /// <summary>Reads the lines <c>name: value</c> about a descriptor.</summary>
    /// <returns>0, or the error number.</returns>
    public static int ReadDescriptorInfo(int descriptor, out Dictionary<string, string> fields)
    {
        fields = new Dictionary<string, string>(StringComparer.Ordinal);
        int errno = SystemFile.TryRead(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{descriptor}"), out string text);
        foreach (string line in text.Split('\n'))
        {
            int colon = line.IndexOf(':');
            if (colon > 0)
                fields[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return errno;
    }

    /// <summary>Gets a setting below /proc/sys, or <see langword="null"/> where the kernel has none or it cannot be read.</summary>
    /// <param name="name">Its name as sysctl(8) has it, such as <c>kernel.perf_event_paranoid</c>.</param>
    public static string? Setting(string name) =>
        SystemFile.TryRead("/proc/sys/" + name.Replace('.', '/'), out string text) == Errno.Ok ? text.Trim() : null;
}
