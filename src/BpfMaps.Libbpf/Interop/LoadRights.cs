namespace BpfMaps.Interop;

/// <summary>Advice about denied loads and attachments.</summary>
internal static class LoadRights
{
    /// <summary>Returns the capabilities that the process lacks, or what else denies the operation.</summary>
    public static string Missing() =>
        Missing(Credentials.HasBpfCapability, Credentials.HasPerfCapability, Credentials.HasNetworkCapability, Lockdown.Level);

    public static string Missing(bool hasBpf, bool hasPerf, bool hasNetwork, string? lockdown)
    {
        if (!hasBpf || (!hasPerf && !hasNetwork))
            return "Loading and attaching require root, or CAP_BPF with CAP_PERFMON or CAP_NET_ADMIN.";
        if (!hasPerf)
            return "The process has CAP_BPF and CAP_NET_ADMIN, but not CAP_PERFMON, which tracing programs require.";
        if (!hasNetwork)
            return "The process has CAP_BPF and CAP_PERFMON, but not CAP_NET_ADMIN, which networking programs require.";
        return lockdown is null
            ? "The process has all capabilities: the kernel was built without what the program needs, or a security module or a seccomp filter denies it."
            : $"The process has all capabilities, but the kernel is locked down ({lockdown}), which may forbid kprobes, perf events, tracefs and programs that read kernel memory.";
    }
}
