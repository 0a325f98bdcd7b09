using BpfMaps;

namespace Tour;

/// <summary>Steps for machines where something is missing or forbidden.</summary>
internal static class Variations
{
    private const string PinPath = "/sys/fs/bpf/tour_pin";

    private static readonly Step[] s_maps =
    [
        new("map of 16 MiB", "4.6", MapSteps.LargeMap),
        new("maps: per-CPU values of all possible CPUs", "4.6", MapSteps.PerCpu),
        new("trie: an existing prefix is not overwritten", "4.11", MapSteps.TrieAdd),
    ];

    private static readonly Step s_packets = new("XDP and traffic control on lo", "5.9", MapSteps.Packets);

    /// <summary>Returns the steps of a variation.</summary>
    public static Step[] Of(string variation) =>
        variation switch
        {
            "limited" => [new("map above a limit that the process may not raise", "4.6", MapSteps.LargeMapOfALimitedProcess)],
            "no-bpffs" => [.. s_maps, s_packets, new("message: pin without a BPF file system", "4.4", PinWithoutFileSystem)],
            "no-btf" =>
            [
                .. s_maps,
                s_packets,
                new("kprobe and kretprobe without types of the kernel", "4.1", TracingSteps.Kprobes),
                new("message: fentry without types of the kernel", "5.5", FunctionsWithoutTypes),
            ],
            "cgroup-v1" =>
            [
                .. s_maps,
                s_packets,
                new("message: program on a cgroup of version 1", "4.10", AttachToVersion1),
                new("message: cgroup of version 1 in a map", "4.8", StoreVersion1),
            ],
            "lockdown" => [.. s_maps, s_packets, new("message: kprobe in a locked-down kernel", "5.4", KprobeInLockdown)],
            _ => throw new ArgumentException($"unknown variation '{variation}'", nameof(variation)),
        };

    private static void PinWithoutFileSystem()
    {
        using CountersMap counters = CountersMap.Create();
        Check.Fails<BpfException>(() => counters.Pin(PinPath), "mount -t bpf bpf /sys/fs/bpf");
        Check.Fails<BpfException>(() => CountersMap.OpenPinned(PinPath).Dispose(), "mount -t bpf bpf /sys/fs/bpf");
    }

    private static void FunctionsWithoutTypes()
    {
        using FunctionsObject functions = FunctionsObject.Open();
        Check.Fails<BpfObjectException>(functions.Load, "/sys/kernel/btf/vmlinux", "CONFIG_DEBUG_INFO_BTF");
    }

    private static void AttachToVersion1()
    {
        using EgressObject egress = EgressObject.Open();
        egress.Load();
        Check.Fails<BpfObjectException>(() => egress.OnEgress.AttachCgroup(Version1()).Dispose(), "version 2");
    }

    private static void StoreVersion1()
    {
        using CgroupsMap groups = CgroupsMap.Create();
        Check.Fails<BpfException>(() => groups.Set(0, Version1()), "version 2");
    }

    private static void KprobeInLockdown()
    {
        using (OpensObject reading = OpensObject.Open())
            Check.Fails<BpfObjectException>(reading.Load, "bpf_probe_read", "locked down (confidentiality)");

        using OpensObject opens = OpensObject.Open();
        opens.OnOpen.AutoLoad = false;
        opens.Load();
        Check.Fails<BpfObjectException>(() => opens.OnFunction.AttachKprobe("do_sys_openat2").Dispose(), "locked down", "confidentiality");
    }

    private static string Version1() =>
        File.ReadLines("/proc/mounts").Select(static line => line.Split(' ')).First(static mount => mount[2] == "cgroup")[1];
}
