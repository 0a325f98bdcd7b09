using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>
/// What a test wants of the machine. Where it is missing the test is skipped with the reason, unless <c>BPFMAPS_REQUIRE</c> lists it
/// (comma-separated: kernel, clang, libbpf, bpftool, bpffs, tracefs, root): then it fails.
/// </summary>
internal static class Require
{
    private const string Variable = "BPFMAPS_REQUIRE";
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> s_told = new();

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

    /// <summary>A clang that compiles for the BPF machine, with libbpf's headers. Gives the compiler.</summary>
    public static ClangCompiler Clang()
    {
        if (!ClangCompiler.IsUsable(out string? reason))
            Missing("clang", reason);
        return ClangCompiler.Instance;
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

    /// <summary>bpftool, as another process.</summary>
    public static BpfTool BpfTool()
    {
        string? executable = Tests.BpfTool.Find();
        if (executable is null)
            Missing("bpftool", "bpftool is not installed (Debian: apt-get install bpftool)");
        return new BpfTool(executable!);
    }

    /// <summary>The user root, who may give up rights and change mounts.</summary>
    public static void Root()
    {
        if (Environment.UserName != "root")
            Missing("root", "only root can give up rights and change mounts");
    }

    /// <summary>A kernel whose answers are known: they become more from version to version, and fewer never so far.</summary>
    public static void KernelVersion(int major, int minor)
    {
        Kernel();
        if (Environment.OSVersion.Version < new Version(major, minor))
            Missing($"linux-{major}.{minor}", $"these are the answers of Linux {major}.{minor} and later, and this is {Environment.OSVersion.Version}");
    }

    /// <summary>A kernel that has this kind of map.</summary>
    public static void MapType(BpfMapType type)
    {
        if (!BpfHost.Kernel.SupportsMapType(type))
            Missing($"maps-{type}", $"this kernel has no maps of type {type}");
    }

    /// <summary>Anything else that a machine may lack, or have set otherwise.</summary>
    public static void That(bool isThere, string capability, string reason)
    {
        if (!isThere)
            Missing(capability, reason);
    }

    [DoesNotReturn]
    private static void Missing(string capability, string reason)
    {
        string[] required = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (required.Contains(capability))
            Assert.Fail($"{Variable} lists '{capability}', but: {reason}");

        // The runner names every skipped test but not why; one line a reason does.
        if (s_told.TryAdd(reason, capability))
            TestContext.Current.SendDiagnosticMessage($"Skipping the tests that need '{capability}': {reason}");
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
