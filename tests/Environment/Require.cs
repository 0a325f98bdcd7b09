using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>
/// Requirements of tests on the machine. If one is missing, the test is skipped with the reason. If <c>BPFMAPS_REQUIRE</c> lists it
/// (comma-separated: kernel, clang, libbpf, bpftool, bpffs, tracefs, root, prometheus, tmux, zsh, fish), the test fails instead.
/// </summary>
internal static partial class Require
{
    private const string Variable = "BPFMAPS_REQUIRE";
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> s_told = new();

    private const string BpfFsRoot = "/sys/fs/bpf";

    /// <summary>Requires a kernel that allows this process to use maps.</summary>
    public static void Kernel()
    {
        if (!BpfHost.IsKernelUsable(out string? reason))
            Missing("kernel", reason!);
    }

    /// <summary>Requires a BPF file system and the capabilities to use it. Returns a unique directory in it.</summary>
    public static PinDirectory BpfFs()
    {
        Kernel();
        if (!File.ReadLines("/proc/mounts").Any(line => line.Split(' ') is [_, BpfFsRoot, "bpf", ..]))
            Missing("bpffs", $"no BPF file system is mounted at {BpfFsRoot} (mount -t bpf bpf {BpfFsRoot})");
        return new PinDirectory(BpfFsRoot);
    }

    /// <summary>Requires a clang that supports the BPF target, and libbpf's headers. Returns the compiler.</summary>
    public static ClangCompiler Clang()
    {
        if (!ClangCompiler.IsUsable(out string? reason))
            Missing("clang", reason);
        return ClangCompiler.Instance;
    }

    /// <summary>Requires the system's libbpf.</summary>
    public static void Libbpf()
    {
        if (!NativeLibrary.TryLoad("libbpf.so.1", out _))
            Missing("libbpf", "libbpf.so.1 is not installed (Debian: libbpf1)");
    }

    /// <summary>Requires tracefs, which tracepoints are looked up in.</summary>
    public static void TraceFs()
    {
        if (!File.ReadLines("/proc/mounts").Any(line => line.Split(' ') is [_, _, "tracefs", ..]))
            Missing("tracefs", "tracefs is not mounted (mount -t tracefs tracefs /sys/kernel/tracing)");
    }

    /// <summary>Requires a version 2 hierarchy of control groups and returns its root.</summary>
    public static string Cgroup2()
    {
        Kernel();
        string? root = File.ReadLines("/proc/mounts").Select(line => line.Split(' ')).FirstOrDefault(fields => fields[2] == "cgroup2")?[1];
        if (root is null)
            Missing("kernel", "no version 2 hierarchy of control groups is mounted (mount -t cgroup2 cgroup2 DIRECTORY)");
        return root;
    }

    /// <summary>Requires bpftool, as another process.</summary>
    public static BpfTool BpfTool()
    {
        string? executable = Tests.BpfTool.Find();
        if (executable is null)
            Missing("bpftool", "bpftool is not installed (Debian: apt-get install bpftool)");
        return new BpfTool(executable!);
    }

    /// <summary>Requires a program on the path, such as prometheus.</summary>
    /// <param name="name">The program.</param>
    /// <param name="package">Its Debian package, which is also its name in <c>BPFMAPS_REQUIRE</c>.</param>
    /// <returns>The path of the program.</returns>
    public static string Program(string name, string package)
    {
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
        if (found is null)
            Missing(package, $"{name} is not installed (Debian: apt-get install {package})");
        return found!;
    }

    /// <summary>Requires the root user, to drop capabilities and change mounts.</summary>
    public static void Root()
    {
        if (Environment.UserName != "root")
            Missing("root", "only root can drop capabilities and change mounts");
    }

    /// <summary>Requires anything else that a machine may lack or may have configured differently.</summary>
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

        // The runner reports skipped tests without their reasons; this reports each reason once.
        if (s_told.TryAdd(reason, capability))
            TestContext.Current.SendDiagnosticMessage($"Skipping the tests that need '{capability}': {reason}");
        Assert.Skip(reason);
    }
}

/// <summary>A directory for pins, which is deleted with its content on disposal.</summary>
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
