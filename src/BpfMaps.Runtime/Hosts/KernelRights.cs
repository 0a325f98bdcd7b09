using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Says which right a command lacks, from what the kernel checks and what this thread has.</summary>
internal static class KernelRights
{
    private const string BpfSetting = "kernel.unprivileged_bpf_disabled";
    private const string PerfSetting = "kernel.perf_event_paranoid";

    /// <summary>Whether the kernel wants CAP_BPF even for what it may leave open to everybody.</summary>
    private static bool IsClosedToUnprivileged => ProcFs.Setting(BpfSetting) is not "0";

    private static string Setting => ProcFs.Setting(BpfSetting) is { } value
        ? $"unprivileged_bpf_disabled is {value}"
        : "this kernel has no unprivileged_bpf_disabled setting";

    /// <summary>Which right is missing for a command that was refused with EPERM or EACCES.</summary>
    public static string Missing(string command)
    {
        if (command is "BPF_MAP_GET_FD_BY_ID" or "BPF_MAP_GET_NEXT_ID" && !Credentials.HasAdminCapability)
            return $"Ids need CAP_SYS_ADMIN, also of a process that has CAP_BPF: run as root, or open the map by its pin; {Setting}.";
        if (command == "perf_event_open")
            return MissingForPerf();
        return Credentials.HasBpfCapability ? Elsewhere() : NeedsBpf();
    }

    /// <summary>Which right is missing to create a map of a kind.</summary>
    public static string MissingForCreation(BpfMapType type)
    {
        bool lacksBpf = !Credentials.HasBpfCapability && (IsClosedToUnprivileged || !(IsOpenToUnprivileged(type) || IsOfTheNetwork(type)));
        bool lacksNetwork = IsOfTheNetwork(type) && !Credentials.HasNetworkCapability;
        if (lacksBpf)
            return NeedsBpf() + (lacksNetwork ? $" Maps of type {type} need CAP_NET_ADMIN besides." : "");
        if (lacksNetwork)
        {
            string has = Credentials.HasBpfCapability ? "The process has CAP_BPF but not CAP_NET_ADMIN" : "The process does not have CAP_NET_ADMIN";
            return $"{has}, which maps of sockets and of network devices need ({type} is one): run as root or grant the capability ({Setting}).";
        }

        return Elsewhere();
    }

    private static string MissingForPerf()
    {
        if (Credentials.HasPerfCapability)
            return Elsewhere();
        string paranoid = ProcFs.Setting(PerfSetting) is { } value ? $"{PerfSetting} is {value}" : $"{PerfSetting} cannot be read";
        string has = Credentials.HasBpfCapability ? "The process has CAP_BPF but not CAP_PERFMON" : "The process does not have CAP_PERFMON (CAP_SYS_ADMIN before Linux 5.8)";
        return $"{has}, which events of whole CPUs need unless {PerfSetting} is 0 or less: run as root or grant the capability ({paranoid}).";
    }

    private static string NeedsBpf() =>
        $"This needs CAP_BPF (CAP_SYS_ADMIN before Linux 5.8): run as root or grant the capability, e.g. 'setcap cap_bpf+ep'; {Setting}.{(ProcFs.IsInUserNamespace ? " " + Namespace + "." : "")}";

    /// <summary>The process has what the kernel asks for, or seems to.</summary>
    private static string Elsewhere()
    {
        if (ProcFs.IsInUserNamespace)
            return $"{Namespace} ({Setting}).";
        string has = Credentials.HasBpfCapability ? "The process has CAP_BPF" : "This needs no capability";
        return $"{has}, so another guard refuses: a seccomp filter, a security module or lockdown ({Setting}).";
    }

    private static string Namespace =>
        "The process runs in a user namespace, such as that of a rootless container, and the capabilities that it has there do not count: bpf(2) wants them in the "
        + "initial namespace, or a BPF token (Linux 6.9). Run it outside, or let a process outside create and pin the maps";

    /// <summary>The kinds that anybody may create where unprivileged_bpf_disabled is 0.</summary>
    private static bool IsOpenToUnprivileged(BpfMapType type) => type is BpfMapType.Array or BpfMapType.PerCpuArray or BpfMapType.ProgArray
        or BpfMapType.PerfEventArray or BpfMapType.CgroupArray or BpfMapType.ArrayOfMaps or BpfMapType.Hash or BpfMapType.PerCpuHash or BpfMapType.HashOfMaps
        or BpfMapType.RingBuf or BpfMapType.UserRingBuf or BpfMapType.CgroupStorage or BpfMapType.PerCpuCgroupStorage;

    /// <summary>The kinds for which the kernel asks for CAP_NET_ADMIN and for nothing else.</summary>
    private static bool IsOfTheNetwork(BpfMapType type) =>
        type is BpfMapType.SockMap or BpfMapType.SockHash or BpfMapType.DevMap or BpfMapType.DevMapHash or BpfMapType.XskMap;
}
