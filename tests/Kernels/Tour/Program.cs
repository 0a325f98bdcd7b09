// Uses programs and maps as an application does, and prints which of it works on the running kernel. A step may be skipped only if the
// kernel is older than the feature, or was built without it. With an argument, it takes the steps of a variation: a machine where something
// is missing or forbidden.
using System.IO.Compression;
using BpfMaps;
using Tour;

Step[] steps =
[
    new("map of 16 MiB", "4.6", MapSteps.LargeMap),
    new("maps: per-CPU values of all possible CPUs", "4.6", MapSteps.PerCpu),
    new("trie: an existing prefix is not overwritten", "4.11", MapSteps.TrieAdd),
    new("message: frozen twice", "5.2", MapSteps.FrozenTwice),
    new("message: per-CPU value above 32 KiB", "4.6", MapSteps.LargePerCpuValue),
    new("message: value removed and returned", "5.2", MessageSteps.RemovedValue),
    new("message: missing map type", "4.6", MessageSteps.MissingMapType),
    new("message: object with a missing map type", "5.0", MessageSteps.ObjectWithMissingMapType),
    new(
        "message: kprobe.multi",
        "5.0",
        static () => MessageSteps.ManyKprobes(WithoutOption("CONFIG_FPROBE") is not null, WithoutPatterns() is not null)
    ),
    new("types: locks and storages with floating-point numbers", "5.2", TypeSteps.Floats),
    new("types: object with floating-point numbers", "5.0", TypeSteps.FloatsOfAnObject),
    new("XDP and traffic control on lo", "5.9", MapSteps.Packets),
    new("kprobe and kretprobe of the section", "4.1", TracingSteps.Kprobes),
    new("kprobe and kretprobe by name", "4.1", TracingSteps.KprobeByName),
    new("kprobe of a missing function", "4.1", TracingSteps.MissingFunction),
    new("pinned link of a kprobe", "5.8", TracingSteps.PinnedKprobe),
    new("kprobe.multi", "5.18", TracingSteps.ManyKprobes, static () => WithoutOption("CONFIG_FPROBE") ?? WithoutPatterns()),
    new("fentry and fexit", "5.5", TracingSteps.Functions),
    new("fentry by name", "5.5", LinkSteps.FunctionByName),
    new("LSM program by name", "5.7", LinkSteps.HookByName, static () => WithoutOption("CONFIG_BPF_LSM")),
    new("kprobe.multi by a pattern", "5.18", LinkSteps.KernelFunctionsByPattern, static () => WithoutOption("CONFIG_FPROBE")),
    new("uprobe.multi, or the message of an old libbpf", "6.6", LinkSteps.UserFunctions),
    new("tcx: programs in an order", "6.6", LinkSteps.OrderedPrograms),
    new("netkit: programs in an order", "6.7", LinkSteps.NetkitDevices, static () => WithoutOption("CONFIG_NETKIT")),
    new("iterator over maps", "5.8", LinkSteps.Iterators),
    new("pinned XDP link is taken over and updated", "5.9", LinkSteps.TakenOver),
    new("profiler with stack traces", "4.9", TracingSteps.Profiler),
    new("LSM program with inode storage", "5.10", StorageSteps.Inodes, static () => WithoutOption("CONFIG_BPF_LSM")),
    new("task storage from fentry", "5.11", StorageSteps.Tasks),
    new("cgroup storages and socket storage", "5.9", StorageSteps.Packets),
    new("cgroup local storage from tp_btf", "6.2", StorageSteps.Groups),
];
Version kernel = Environment.OSVersion.Version;
Console.WriteLine(
    $"TOUR {args.FirstOrDefault("all")}: Linux {kernel}, libbpf {Libbpf.Version}, {BpfHost.Kernel.PossibleCpus.Length} possible CPUs"
);
int failed = 0;
foreach (Step step in args.Length > 0 ? Variations.Of(args[0]) : steps)
{
    if (step.SkipReason(kernel) is { } reason)
    {
        Console.WriteLine($"SKIP {step.Name}: {reason}");
        continue;
    }
    try
    {
        step.Run();
        Console.WriteLine($"OK   {step.Name}");
    }
    catch (Exception exception) when (exception is BpfException or InvalidOperationException or NotSupportedException or IOException)
    {
        failed++;
        Console.WriteLine($"FAIL {step.Name}: {exception.GetType().Name}: {exception.Message}");
    }
}
Console.WriteLine($"TOUR {(failed == 0 ? "passed" : $"{failed} steps failed")}");
return failed == 0 ? 0 : 1;

// Kernel options are in /proc/config.gz or beside the kernel; a guest without either has no reason to skip.
static string? WithoutOption(string option) =>
    KernelConfig() is { } lines && !lines.Contains($"{option}=y") ? $"the kernel was built without {option}" : null;

static IEnumerable<string>? KernelConfig()
{
    string release = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
    string path = $"/boot/config-{release}";
    if (File.Exists(path))
        return File.ReadLines(path);
    if (!File.Exists("/proc/config.gz"))
        return null;
    using StreamReader reader = new(new GZipStream(File.OpenRead("/proc/config.gz"), CompressionMode.Decompress));
    return reader.ReadToEnd().Split('\n');
}

// kprobe.multi in newer kernels is attached by addresses that libbpf finds itself.
static string? WithoutPatterns() =>
    Version.Parse(Libbpf.Version.TrimStart('v')) < new Version(1, 5) && Environment.OSVersion.Version >= new Version(6, 12)
        ? "libbpf 1.5 and later find the functions of a pattern on this kernel"
        : null;
