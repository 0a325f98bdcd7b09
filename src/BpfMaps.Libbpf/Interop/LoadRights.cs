namespace BpfMaps.Interop;

/// <summary>Advice about denied loads and attachments.</summary>
internal static class LoadRights
{
    /// <summary>Returns the capabilities that the process lacks, or what else denies the operation.</summary>
    public static string Missing() =>
        Missing(Credentials.HasBpfCapability, Credentials.HasPerfCapability, Credentials.HasNetworkCapability);

    public static string Missing(bool hasBpf, bool hasPerf, bool hasNetwork)
    {
        if (!hasBpf || (!hasPerf && !hasNetwork))
            return "Loading and attaching require root, or CAP_BPF with CAP_PERFMON or CAP_NET_ADMIN.";
        if (!hasPerf)
            return "The process has CAP_BPF and CAP_NET_ADMIN, but not CAP_PERFMON, which tracing programs require.";
        if (!hasNetwork)
            return "The process has CAP_BPF and CAP_PERFMON, but not CAP_NET_ADMIN, which networking programs require.";
        return "The process has all capabilities: the kernel was built without what the program needs, or lockdown, a security module or a seccomp filter denies it.";
    }
}
