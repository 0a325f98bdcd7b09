using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Advice about errors of loading and attaching programs: privileges, old kernels, old versions of libbpf.</summary>
internal static class LoadAdvice
{
    private const string KernelTypes = "/sys/kernel/btf/vmlinux";

    private static readonly Version s_firstPerfLink = new(5, 15);
    private static readonly Version s_firstProbeDevice = new(4, 17);

    /// <summary>Returns a sentence about a feature of newer kernels.</summary>
    public static string Requires(string feature, Version kernel) =>
        $"{feature}: Linux {kernel} or later is required; this is {Environment.OSVersion.Version}.";

    /// <summary>Creates the exception for a function that only newer versions of libbpf have.</summary>
    public static BpfNotSupportedException LibbpfTooOld(string what, string version, Version kernel) =>
        new(
            $"{what} requires libbpf {version} and Linux {kernel} or later; this machine has libbpf {Libbpf.Version.TrimStart('v')} and Linux "
                + $"{Environment.OSVersion.Version}.",
            Errno.ENOTSUPP,
            "dlsym"
        );

    /// <summary>Returns advice about an object that could not be opened or loaded.</summary>
    public static string? ForLoad(int errno, string log)
    {
        if (Quoted(log, "missing BPF prog type, check ELF section name '") is { } section)
            return $"libbpf {Libbpf.Version.TrimStart('v')} does not know the section '{section}': it is misspelled, or newer than the library.";
        if (Quoted(log, "failed to find kernel BTF type ID of '") is { } function)
            return File.Exists(KernelTypes) ? $"The kernel has no function, tracepoint or hook '{function}' in its BTF." : MissingTypes();
        if (
            log.Contains("kernel BTF is missing", StringComparison.Ordinal)
            || log.Contains("vmlinux BTF is not found", StringComparison.Ordinal)
        )
            return $"{MissingTypes()} For CO-RE, pass a file with its types in BpfObjectOptions.BtfPath.";
        if (
            log.Contains("failed to find valid kernel BTF", StringComparison.Ordinal) || (errno == Errno.ESRCH && !File.Exists(KernelTypes))
        )
            return MissingTypes();
        return errno is Errno.EPERM or Errno.EACCES ? LoadRights.Missing() : null;
    }

    /// <summary>Returns advice about a program that the verifier rejected; the reason is the verifier's.</summary>
    public static string? ForRejection(string reason) =>
        // libbpf replaces newer helpers by older ones, because the kernel refuses its probe too.
        reason.Contains("bpf_probe_read", StringComparison.Ordinal)
        && Lockdown.Level == "confidentiality"
            ? "The kernel is locked down (confidentiality), which forbids programs to read memory with bpf_probe_read."
            : null;

    /// <summary>Returns advice about a program that could not be attached through libbpf.</summary>
    public static string? ForAttachment(int errno, string log, BpfProgramType type, string section, ulong cookie)
    {
        if (errno is Errno.EPERM or Errno.EACCES)
            return LoadRights.Missing();
        if (cookie != 0 && Environment.OSVersion.Version < s_firstPerfLink && errno is Errno.EOPNOTSUPP or Errno.EINVAL)
            return Requires("Cookies", s_firstPerfLink);
        if (IsMissing(log, "kprobe"))
            return "This kernel was built without kprobes (CONFIG_KPROBES, CONFIG_KPROBE_EVENTS).";
        if (IsMissing(log, "uprobe"))
            return "This kernel was built without uprobes (CONFIG_UPROBES, CONFIG_UPROBE_EVENTS).";
        if (log.Contains("failed to determine tracepoint", StringComparison.Ordinal))
            return Directory.Exists("/sys/kernel/tracing/events") || Directory.Exists("/sys/kernel/debug/tracing/events")
                ? "The kernel has no such tracepoint; /sys/kernel/tracing/events lists them."
                : "Tracepoints are looked up in tracefs, which is not mounted: 'mount -t tracefs tracefs /sys/kernel/tracing'.";
        if (errno == Errno.EBADF && MethodOf(type) == "AttachCgroup")
            return "The path is not a directory in a version 2 hierarchy of control groups; 'mount -t cgroup2' lists them, and most systems mount one "
                + "at /sys/fs/cgroup.";
        if (errno == Errno.EOPNOTSUPP && log.Length == 0)
            return $"The section '{section}' names no target: use the method for the hook, such as {MethodOf(type)}.";
        if (errno == Errno.ENOTSUPP && type is BpfProgramType.Tracing or BpfProgramType.Lsm)
            return "This kernel cannot attach programs to functions (CONFIG_FUNCTION_TRACER, CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS).";
        return errno == Errno.EINVAL
            ? $"The program has the type {type} (section '{section}'); it must be the type of the hook, for which {MethodOf(type)} is made."
            : null;
    }

    private static string MissingTypes() =>
        $"The kernel offers no types ({KernelTypes}), which programs on functions and hooks, and CO-RE, require: it was built without "
        + "CONFIG_DEBUG_INFO_BTF, or a container hides them.";

    private static string MethodOf(BpfProgramType type) =>
        type switch
        {
            BpfProgramType.Xdp => "AttachXdp",
            BpfProgramType.SchedCls or BpfProgramType.SchedAct => "AttachTcx or AttachTc",
            BpfProgramType.Kprobe => "AttachKprobe, AttachUprobe or AttachUsdt",
            BpfProgramType.Tracepoint => "AttachTracepoint",
            BpfProgramType.RawTracepoint or BpfProgramType.RawTracepointWritable => "AttachRawTracepoint",
            BpfProgramType.PerfEvent => "AttachCpuClock or AttachPerfEvent",
            BpfProgramType.SocketFilter => "AttachSocketFilter",
            BpfProgramType.SkReusePort => "AttachReusePort",
            BpfProgramType.SkSkb or BpfProgramType.SkMsg => "AttachSockMap",
            BpfProgramType.SkLookup or BpfProgramType.FlowDissector => "AttachNetworkNamespace",
            BpfProgramType.CgroupSkb
            or BpfProgramType.CgroupSock
            or BpfProgramType.SockOps
            or BpfProgramType.CgroupDevice
            or BpfProgramType.CgroupSockAddr
            or BpfProgramType.CgroupSysctl
            or BpfProgramType.CgroupSockOpt => "AttachCgroup",
            BpfProgramType.Tracing => "Attach, or ReadIterator for iterators",
            _ => "Attach",
        };

    /// <summary>Returns whether a probe could not be created because the kernel has none; before Linux 4.17, that is unknown.</summary>
    private static bool IsMissing(string log, string probe) =>
        log.Contains(probe, StringComparison.Ordinal)
        && Environment.OSVersion.Version >= s_firstProbeDevice
        && !Directory.Exists($"/sys/bus/event_source/devices/{probe}");

    /// <summary>Returns what follows a text up to the next quotation mark.</summary>
    private static string? Quoted(string log, string before)
    {
        int start = log.IndexOf(before, StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += before.Length;
        int end = log.IndexOf('\'', start);
        return end < 0 ? null : log[start..end];
    }
}
