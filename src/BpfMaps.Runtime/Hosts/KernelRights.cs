using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Determines which privilege a command lacks, from the checks of the kernel and the capabilities of this thread.</summary>
internal static class KernelRights
{
    private const string BpfSetting = "kernel.unprivileged_bpf_disabled";
    private const string PerfSetting = "kernel.perf_event_paranoid";

    /// <summary>Whether the kernel requires CAP_BPF even for operations that can be open to unprivileged users.</summary>
    private static bool IsClosedToUnprivileged => ProcFs.Setting(BpfSetting) is not "0";

    private static string Setting =>
        ProcFs.Setting(BpfSetting) is { } value
            ? $"unprivileged_bpf_disabled is {value}"
            : "this kernel has no unprivileged_bpf_disabled setting";

    /// <summary>Returns the privilege that is missing for a command that failed with EPERM or EACCES.</summary>
    public static string Missing(BpfCommand command)
    {
        if (IsAccessById(command) && !Credentials.HasAdminCapability)
            return $"Access by id requires CAP_SYS_ADMIN, even with CAP_BPF: run as root, or open the {Kind(command)} by its pin; {Setting}.";
        if (command == BpfCommand.PerfEventOpen)
            return MissingForPerf();
        return Credentials.HasBpfCapability ? Elsewhere() : NeedsBpf();
    }

    /// <summary>Returns the privilege that is missing for creating a map of a type.</summary>
    public static string MissingForCreation(BpfMapType type)
    {
        MapPrivilege needed = MapTypeFacts.Of(type).Privilege;
        bool lacksBpf = !Credentials.HasBpfCapability && (IsClosedToUnprivileged || needed == MapPrivilege.Bpf);
        bool lacksNetwork = needed == MapPrivilege.NetAdmin && !Credentials.HasNetworkCapability;
        if (lacksBpf)
            return NeedsBpf() + (lacksNetwork ? $" Maps of type {type} also require CAP_NET_ADMIN." : "");
        if (lacksNetwork)
        {
            string has = Credentials.HasBpfCapability
                ? "The process has CAP_BPF but not CAP_NET_ADMIN"
                : "The process does not have CAP_NET_ADMIN";
            return $"{has}, which maps of type {type} require: run as root or grant the capability ({Setting}).";
        }

        return ExceededLock() ?? Elsewhere();
    }

    /// <summary>Explains a denial by the limit of locked memory, which old kernels report like a missing privilege.</summary>
    private static string? ExceededLock()
    {
        if (!LockedMemory.IsCounted || LockedMemory.Limit is not { } limit)
            return null;
        string reason = LockedMemory.MayRaise ? "the process may not raise it enough" : $"the switch {LockedMemory.RaiseSwitch} is off";
        return $"Before Linux 5.11, the memory of maps counts against RLIMIT_MEMLOCK, which is {limit} bytes here, and {reason}: "
            + "raise it with 'ulimit -l unlimited' (LimitMEMLOCK=infinity in a systemd unit), or grant CAP_SYS_RESOURCE.";
    }

    private static bool IsAccessById(BpfCommand command) =>
        command
            is BpfCommand.MapGetFdById
                or BpfCommand.MapGetNextId
                or BpfCommand.ProgGetFdById
                or BpfCommand.ProgGetNextId
                or BpfCommand.LinkGetFdById
                or BpfCommand.LinkGetNextId;

    private static string Kind(BpfCommand command) =>
        command switch
        {
            BpfCommand.ProgGetFdById or BpfCommand.ProgGetNextId => "program",
            BpfCommand.LinkGetFdById or BpfCommand.LinkGetNextId => "link",
            _ => "map",
        };

    private static string MissingForPerf()
    {
        if (Credentials.HasPerfCapability)
            return StrictPerfEvents() ?? Elsewhere();
        string paranoid = ProcFs.Setting(PerfSetting) is { } value ? $"{PerfSetting} is {value}" : $"{PerfSetting} cannot be read";
        string has = Credentials.HasBpfCapability
            ? "The process has CAP_BPF but not CAP_PERFMON"
            : "The process does not have CAP_PERFMON (CAP_SYS_ADMIN before Linux 5.8)";
        return $"{has}, which events of whole CPUs require unless {PerfSetting} is 0 or less: run as root or grant the capability ({paranoid}).";
    }

    /// <summary>Explains a denial by a setting that Linux itself does not have; Debian's kernels start with it.</summary>
    private static string? StrictPerfEvents() =>
        !Credentials.HasAdminCapability && int.TryParse(ProcFs.Setting(PerfSetting), out int paranoid) && paranoid > 2
            ? $"{PerfSetting} is {paranoid}: kernels with this setting, such as Debian's, require CAP_SYS_ADMIN for perf events. "
                + "Set it to 2, or grant the capability."
            : null;

    private static string NeedsBpf() =>
        $"The operation requires CAP_BPF (CAP_SYS_ADMIN before Linux 5.8): run as root or grant the capability, e.g. 'setcap cap_bpf+ep'; {Setting}.{(ProcFs.IsInUserNamespace ? " " + Namespace + "." : "")}";

    /// <summary>Explains a denial although the process seems to have the required capabilities.</summary>
    private static string Elsewhere()
    {
        if (ProcFs.IsInUserNamespace)
            return $"{Namespace} ({Setting}).";
        string has = Credentials.HasBpfCapability ? "The process has CAP_BPF" : "The operation requires no capability";
        return Lockdown.Level is { } level
            ? $"{has}; the cause is the lockdown of the kernel ({level}), a seccomp filter or a security module ({Setting})."
            : $"{has}; the cause is a seccomp filter or a security module ({Setting}).";
    }

    private static string Namespace =>
        "The process runs in a user namespace, for example in a rootless container. bpf(2) requires capabilities in the initial namespace, or a BPF token "
        + "(Linux 6.9). Run it outside, or let a process outside create and pin the maps";
}
