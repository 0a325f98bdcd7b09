using BpfMaps.Interop;

namespace BpfMaps.Tests;

/// <summary>Messages about objects and programs that need more than the kernel has.</summary>
public sealed class KernelLacksTests
{
    [Theory]
    [InlineData("fentry/do_unlinkat", "5.4", "Linux 5.5 introduced fentry programs; this is Linux 5.4.")]
    [InlineData("lsm.s/file_open", "5.4", "Linux 5.7 introduced lsm programs; this is Linux 5.4.")]
    [InlineData("?kprobe.multi/vfs_*", "5.10", "Linux 5.18 introduced kprobe.multi programs; this is Linux 5.10.")]
    [InlineData("syscall", "5.10", "Linux 5.14 introduced syscall programs; this is Linux 5.10.")]
    [InlineData("kprobe.multi/vfs_*", "6.1", "this kernel was built without CONFIG_FPROBE, which kprobe.multi programs require.")]
    [InlineData("kretprobe/vfs_read", "6.1", "this kernel was built without CONFIG_KPROBES, which kretprobe programs require.")]
    [InlineData(
        "lsm/file_open",
        "6.1",
        "this kernel was built without CONFIG_BPF_LSM and CONFIG_DEBUG_INFO_BTF, which lsm programs require."
    )]
    public void MissingKind_IsNamed(string section, string running, string expected)
    {
        string[] lacked = ["CONFIG_FPROBE", "CONFIG_KPROBES", "CONFIG_BPF_LSM", "CONFIG_DEBUG_INFO_BTF"];
        string? reason = ProgramKinds.WhyMissing("on_it", section, Version.Parse(running), lacked.Contains);
        Assert.StartsWith($"Program 'on_it' ({section}): ", reason, StringComparison.Ordinal);
        Assert.EndsWith(expected, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fentry/do_unlinkat", "5.5")]
    [InlineData("xdp", "5.10")]
    [InlineData("of_another_loader", "3.0")]
    [InlineData("", "3.0")]
    public void KindThatTheKernelHasOrNobodyKnows_IsNotBlamed(string section, string running) =>
        Assert.Null(ProgramKinds.WhyMissing("on_it", section, Version.Parse(running), static _ => false));

    [Fact]
    public void Configuration_ListsWhatIsBuiltInOrAModule() =>
        Assert.Equal(
            ["CONFIG_BPF", "CONFIG_VETH"],
            KernelOptions
                .Parse(new StringReader("# a comment\nCONFIG_BPF=y\n# CONFIG_KPROBES is not set\nCONFIG_VETH=m\nCONFIG_HZ=250\n"))
                .Order()
        );

    [Theory]
    [InlineData("kprobe.multi/vfs_*", "v1.1", true)]
    [InlineData("kretprobe.multi/vfs_re?d", "v1.2", true)]
    [InlineData("kprobe.multi/vfs_*", "v1.3", false)]
    [InlineData("kprobe.multi/vfs_read", "v1.1", false)]
    [InlineData("uprobe.multi/libc:*", "v1.1", false)]
    public void PatternWithAnOldLibbpf_IsExplained(string section, string libbpf, bool isExplained) =>
        Assert.Equal(
            isExplained,
            KernelLacks.OlderLibbpf(section, libbpf)?.Contains("install libbpf 1.3 or later", StringComparison.Ordinal) == true
        );

    [Theory]
    [InlineData(false, false, false, "require root, or CAP_BPF with")]
    [InlineData(true, false, false, "require root, or CAP_BPF with")]
    [InlineData(true, true, false, "but not CAP_NET_ADMIN, which networking programs require")]
    [InlineData(true, false, true, "but not CAP_PERFMON, which tracing programs require")]
    [InlineData(true, true, true, "The process has all capabilities")]
    public void DeniedOperation_NamesTheMissingCapability(bool hasBpf, bool hasPerf, bool hasNetwork, string expected) =>
        Assert.Contains(expected, LoadRights.Missing(hasBpf, hasPerf, hasNetwork, lockdown: null), StringComparison.Ordinal);

    [Theory]
    [InlineData(BpfMapType.Arena, "6.1", "Linux 6.9 introduced it; this is Linux 6.1.")]
    [InlineData(BpfMapType.Arena, "6.9", "Linux has it since 6.9; this one (6.9) was built without it.")]
    [InlineData((BpfMapType)999, "6.9", "")]
    public void MissingMapType_NamesItsFirstKernel(BpfMapType type, string running, string expected) =>
        Assert.Equal(expected, MapTypeAdvice.Missing(type, Version.Parse(running)));

    /// <summary>The number of a map type that no kernel has.</summary>
    [Fact]
    public void ObjectWithAnUnknownMapType_NamesTheMap()
    {
        Require.Kernel();
        Require.Libbpf();
        Require.Clang();
        const string Source = """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            struct {
                __uint(type, 250);
                __uint(max_entries, 1);
                __type(key, __u32);
                __type(value, __u32);
            } from_the_future SEC(".maps");
            SEC("socket") int nothing(void *context) { return 0; }
            char LICENSE[] SEC("license") = "GPL";
            """;
        using BpfObject future = BpfObject.OpenMemory(ClangCompiler.CompileText(Source), "future");
        BpfObjectException refused = Assert.Throws<BpfObjectException>(future.Load);
        Assert.Contains("Map 'from_the_future': this kernel does not support maps of type 250.", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none [integrity] confidentiality", "locked down (integrity)")]
    [InlineData("none integrity [confidentiality]\n", "locked down (confidentiality)")]
    [InlineData("[none] integrity confidentiality", "a security module or a seccomp filter denies it")]
    [InlineData("", "a security module or a seccomp filter denies it")]
    public void DenialInALockedDownKernel_NamesTheLockdown(string levels, string expected) =>
        Assert.Contains(
            expected,
            LoadRights.Missing(hasBpf: true, hasPerf: true, hasNetwork: true, Lockdown.Parse(levels)),
            StringComparison.Ordinal
        );

    /// <summary>The kernel has kprobes only if it was built with them; then the program is attached.</summary>
    [Fact]
    public void KprobeOfAKernelWithoutKprobes_NamesTheOption()
    {
        Require.Kernel();
        Require.Libbpf();
        Require.Clang();
        const string Source = """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            SEC("kprobe/vfs_read") int on_read(void *context) { return 0; }
            char LICENSE[] SEC("license") = "GPL";
            """;
        using BpfObject probe = BpfObject.OpenMemory(ClangCompiler.CompileText(Source), "probe");
        probe.Load();
        if (!KernelOptions.Lacks("CONFIG_KPROBES"))
        {
            probe.GetProgram("on_read").Attach().Dispose();
            return;
        }
        BpfObjectException refused = Assert.Throws<BpfObjectException>(() => probe.GetProgram("on_read").Attach());
        Assert.Contains(
            "Program 'on_read' (kprobe/vfs_read): this kernel was built without CONFIG_KPROBES, which kprobe programs require.",
            refused.Message,
            StringComparison.Ordinal
        );
    }
}
