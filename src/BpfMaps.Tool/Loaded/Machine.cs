using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps.Tool.Loaded;

/// <summary>The features that the kernel, its settings and the privileges of this process allow.</summary>
internal static class Machine
{
    private const string System = "System";
    private const string Privileges = "Privileges";

    public static IEnumerable<Feature> Features() =>
        [.. Basics(), .. Rights(), .. Settings(), .. Hooks(), .. MapTypes(), .. ProgramTypes()];

    private static IEnumerable<Feature> Basics()
    {
        yield return new(System, "kernel", true, $"Linux {Read("/proc/sys/kernel/osrelease")} {RuntimeInformation.ProcessArchitecture}");
        bool isUsable = BpfHost.IsKernelUsable(out string? reason);
        yield return new(System, "maps", isUsable, reason ?? "this process may create maps");
        yield return Type("/sys/kernel/btf/vmlinux");
        yield return Mounted("bpffs", "bpf", "mount -t bpf bpf /sys/fs/bpf");
        yield return Mounted("tracefs", "tracefs", "mount -t tracefs tracefs /sys/kernel/tracing");
        yield return Mounted("cgroup2", "cgroup2", "mount -t cgroup2 cgroup2 DIRECTORY");
        bool hasLibbpf = Libbpf.IsAvailable(out string? missing);
        yield return new(System, "libbpf", hasLibbpf, hasLibbpf ? Libbpf.Version : missing);
    }

    private static Feature Type(string path) =>
        File.Exists(path)
            ? new(System, "kernel types", true, $"{path} ({Directory.GetFiles("/sys/kernel/btf").Length - 1} modules)")
            : new(System, "kernel types", false, "none: the kernel was built without CONFIG_DEBUG_INFO_BTF");

    private static Feature Mounted(string name, string type, string command)
    {
        string? path = File.ReadLines("/proc/mounts")
            .Select(static line => line.Split(' '))
            .FirstOrDefault(fields => fields.Length > 2 && fields[2] == type)
            ?[1];
        return new(System, name, path is not null, path ?? $"not mounted ({command})");
    }

    private static IEnumerable<Feature> Rights()
    {
        yield return Right("maps, programs", Credentials.HasBpfCapability, "CAP_BPF");
        yield return Right("tracing", Credentials.HasPerfCapability, "CAP_PERFMON");
        yield return Right("network", Credentials.HasNetworkCapability, "CAP_NET_ADMIN");
        yield return Right("ids of others", Credentials.HasAdminCapability, "CAP_SYS_ADMIN");
    }

    private static Feature Right(string what, bool isThere, string capability) =>
        new(Privileges, what, isThere, isThere ? $"yes ({capability})" : $"no ({capability} is missing)");

    private static IEnumerable<Feature> Settings()
    {
        foreach (
            string name in new[]
            {
                "kernel.unprivileged_bpf_disabled",
                "kernel.bpf_stats_enabled",
                "kernel.perf_event_paranoid",
                "net.core.bpf_jit_enable",
                "net.core.bpf_jit_harden",
            }
        )
        {
            string? value = ProcFs.Setting(name);
            yield return new("Settings", name[(name.LastIndexOf('.') + 1)..], value is not null, value ?? "this kernel does not have it");
        }
    }

    private static IEnumerable<Feature> Hooks()
    {
        const string Hooks = "Hooks";
        string security = Read("/sys/kernel/security/lsm");
        yield return new(Hooks, "kprobes", Directory.Exists("/sys/bus/event_source/devices/kprobe"));
        yield return new(Hooks, "uprobes", Directory.Exists("/sys/bus/event_source/devices/uprobe"));
        yield return new(Hooks, "tracepoints", Directory.Exists("/sys/bus/event_source/devices/tracepoint"));
        yield return new(Hooks, "lsm", security.Split(',').Contains("bpf"));
        yield return new(
            Hooks,
            "control-groups",
            File.ReadLines("/proc/mounts").Any(static line => line.Split(' ') is [_, _, "cgroup2", ..])
        );
    }

    private static IEnumerable<Feature> MapTypes() =>
        Enum.GetValues<BpfMapType>()
            .Where(static type => type != default)
            .Select(static type => Probe("Map types", type.ToString(), () => BpfHost.Kernel.SupportsMapType(type)));

    private static IEnumerable<Feature> ProgramTypes() =>
        Enum.GetValues<BpfProgramType>()
            .Where(static type => type != default)
            .Select(static type => Probe("Program types", type.ToString(), () => BpfProgram.SupportsType(type)));

    private static Feature Probe(string group, string name, Func<bool> isSupported)
    {
        try
        {
            return new(group, name, isSupported());
        }
        catch (BpfPermissionException)
        {
            return new(group, name, null);
        }
    }

    private static string Read(string path) => SystemFile.TryRead(path, out string text) == 0 ? text.Trim() : "";
}
