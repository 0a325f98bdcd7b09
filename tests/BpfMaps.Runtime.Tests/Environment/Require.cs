using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>
/// What a test wants of the machine. Where it is missing the test is skipped with the reason, unless <c>BPFMAPS_REQUIRE</c> lists it
/// (comma-separated: kernel, clang, libbpf, bpffs, tracefs): then it fails.
/// </summary>
internal static class Require
{
    private const string Variable = "BPFMAPS_REQUIRE";
    private const string BpfFsRoot = "/sys/fs/bpf";

    /// <summary>A kernel that lets this process use maps.</summary>
    public static void Kernel()
    {
        if (!BpfHost.IsKernelUsable(out string? reason))
            Missing("kernel", reason!);
    }

    /// <summary>A BPF file system, and the rights to use it. Gives a directory in it that nobody else uses.</summary>
    public static PinDirectory BpfFs()
    {
        Kernel();
        if (!File.ReadLines("/proc/mounts").Any(line => line.Split(' ') is [_, BpfFsRoot, "bpf", ..]))
            Missing("bpffs", $"no BPF file system is mounted at {BpfFsRoot} (mount -t bpf bpf {BpfFsRoot})");
        return new PinDirectory(BpfFsRoot);
    }

    /// <summary>clang with its BPF target, and libbpf's headers.</summary>
    public static void Clang()
    {
        string[] directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (!directories.Any(directory => File.Exists(Path.Combine(directory, "clang"))))
            Missing("clang", "clang is not installed (Debian: clang)");
        if (!File.Exists("/usr/include/bpf/bpf_helpers.h"))
            Missing("clang", "libbpf's headers are not installed (Debian: libbpf-dev)");
    }

    /// <summary>The system's libbpf.</summary>
    public static void Libbpf()
    {
        if (!NativeLibrary.TryLoad("libbpf.so.1", out _))
            Missing("libbpf", "libbpf.so.1 is not installed (Debian: libbpf1)");
    }

    /// <summary>tracefs, where tracepoints are looked up.</summary>
    public static void TraceFs()
    {
        if (!File.ReadLines("/proc/mounts").Any(line => line.Split(' ') is [_, _, "tracefs", ..]))
            Missing("tracefs", "tracefs is not mounted (mount -t tracefs tracefs /sys/kernel/tracing)");
    }

    /// <summary>A version 2 hierarchy of control groups; gives its root.</summary>
    public static string Cgroup2()
    {
        Kernel();
        string? root = File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).FirstOrDefault(fields => fields[2] == "cgroup2")?[1];
        if (root is null)
            Missing("kernel", "no version 2 hierarchy of control groups is mounted (mount -t cgroup2 cgroup2 DIRECTORY)");
        return root;
    }

    [DoesNotReturn]
    private static void Missing(string capability, string reason)
    {
        string[] required = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (required.Contains(capability))
            Assert.Fail($"{Variable} lists '{capability}', but: {reason}");
        Assert.Skip(reason);
    }
}

/// <summary>A directory for pins; it goes with everything in it.</summary>
internal sealed class PinDirectory : IDisposable
{
    public PinDirectory(string root)
    {
        Path = $"{root}/bpfmaps_tests_{Environment.ProcessId}_{Guid.NewGuid():N}";
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string this[string name] => $"{Path}/{name}";

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
