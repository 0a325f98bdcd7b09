using System.Globalization;

namespace BpfMaps.Interop;

/// <summary>What /proc tells about descriptors and rights.</summary>
internal static class ProcFs
{
    private const string UnprivilegedBpfDisabledFile = "/proc/sys/kernel/unprivileged_bpf_disabled";
    private const int CapNetAdmin = 12;
    private const int CapSysAdmin = 21;
    private const int CapPerfmon = 38;
    private const int CapBpf = 39;

    /// <summary>What a descriptor is to the kernel, such as <c>anon_inode:bpf-map</c>; <see langword="null"/> where /proc does not tell.</summary>
    public static string? DescriptorKind(int descriptor) =>
        new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}")).LinkTarget;

    /// <summary>The lines <c>name: value</c> about a descriptor.</summary>
    public static Dictionary<string, string> DescriptorInfo(int descriptor)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{descriptor}")))
        {
            int colon = line.IndexOf(':');
            if (colon > 0)
                fields[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return fields;
    }

    /// <summary>The setting <c>kernel.unprivileged_bpf_disabled</c>, or <see langword="null"/> where the kernel has none.</summary>
    public static string? UnprivilegedBpfDisabled() =>
        File.Exists(UnprivilegedBpfDisabledFile) ? File.ReadAllText(UnprivilegedBpfDisabledFile).Trim() : null;

    /// <summary>Whether this thread may use BPF: CAP_BPF, or CAP_SYS_ADMIN, which implies it.</summary>
    public static bool HasBpfCapability() => HasCapability(CapBpf) || HasCapability(CapSysAdmin);

    /// <summary>Whether this thread may create the map kinds that touch the network: CAP_NET_ADMIN, or CAP_SYS_ADMIN.</summary>
    public static bool HasNetworkCapability() => HasCapability(CapNetAdmin) || HasCapability(CapSysAdmin);

    /// <summary>Whether this thread may open perf events whatever kernel.perf_event_paranoid says: CAP_PERFMON, or CAP_SYS_ADMIN.</summary>
    public static bool HasPerfCapability() => HasCapability(CapPerfmon) || HasCapability(CapSysAdmin);

    /// <summary>Whether this thread may do what is kept for the administrator: CAP_SYS_ADMIN.</summary>
    public static bool HasAdminCapability() => HasCapability(CapSysAdmin);

    private static bool HasCapability(int capability)
    {
        if (!File.Exists("/proc/thread-self/status"))
            return false;

        foreach (string line in File.ReadLines("/proc/thread-self/status"))
        {
            if (line.StartsWith("CapEff:", StringComparison.Ordinal)
                && ulong.TryParse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong effective))
            {
                return (effective >> capability & 1) != 0;
            }
        }

        return false;
    }
}
