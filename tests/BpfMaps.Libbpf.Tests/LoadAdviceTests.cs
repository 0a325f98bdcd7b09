namespace BpfMaps.Tests;

/// <summary>Advice in messages about loading and attaching.</summary>
[Collection(nameof(WholeProcess))]
public sealed class LoadAdviceTests
{
    [Fact]
    public void RejectedProgram_IsNamedWithReasonSourceLineAndTheEndOfTheLog()
    {
        using BpfObject refused = BpfObject.Open(CompiledFixture.Path("refused"));

        BpfObjectException exception = Assert.Throws<BpfObjectException>(refused.Load);

        Assert.Contains("verifier rejected program 'careless': R", exception.Message, StringComparison.Ordinal);
        Assert.Contains("invalid mem access 'map_value_or_null'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("The line of the C source is: return *value;", exception.Message, StringComparison.Ordinal);
        Assert.Contains("processed ", exception.Log, StringComparison.Ordinal);
        string tail = exception.Message[exception.Message.IndexOf("The end of the verifier's log", StringComparison.Ordinal)..];
        Assert.InRange(tail.Split('\n').Length, 2, 22);
    }

    [Fact]
    public void LongLogOfTheVerifier_KeepsItsEnd()
    {
        Require.Libbpf();
        _ = Require.Clang();
        byte[] data = ClangCompiler.CompileText(
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            const volatile int steps = 0;
            SEC("socket") int lengthy(struct __sk_buff *skb)
            {
                int sum = 0;
            #pragma nounroll
                for (int i = 0; i < 2000; i++) {
                    if (skb->len + i == 7)
                        sum++;
                }
                return *(volatile int *)(long)sum;
            }
            char LICENSE[] SEC("license") = "GPL";
            """
        );
        using BpfObject lengthy = BpfObject.OpenMemory(data, "lengthy");

        BpfObjectException exception = Assert.Throws<BpfObjectException>(lengthy.Load);

        Assert.True(exception.Log.Length > 1 << 16, $"the log has only {exception.Log.Length} characters");
        Assert.Contains("invalid mem access", exception.Message, StringComparison.Ordinal);
        Assert.True(exception.Message.Length < 8192, $"the message has {exception.Message.Length} characters");
    }

    [Fact]
    public void LogLevel_LogsProgramsThatAreAccepted()
    {
        string path = CompiledFixture.Path("pinned");
        using PinDirectory pins = Require.BpfFs();
        List<string> messages = [];
        int thread = Environment.CurrentManagedThreadId;
        Libbpf.Log = (_, text) =>
        {
            if (Environment.CurrentManagedThreadId == thread)
                messages.Add(text);
        };
        BpfObjectOptions options = new()
        {
            PinRoot = pins.Path,
            VerifierLogLevel = BpfVerifierLogLevel.Branches | BpfVerifierLogLevel.Statistics,
        };
        using BpfObject pinned = BpfObject.Open(path, options);

        pinned.Load();
        Libbpf.Log = null;

        Assert.Contains(
            messages,
            text => text.Contains("LOAD LOG", StringComparison.Ordinal) && text.Contains("processed ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void SectionThatLibbpfDoesNotKnow_IsNamedWithItsVersion()
    {
        using BpfObject unknown = BpfObject.Open(CompiledFixture.Path("unknown_section"));

        BpfObjectException exception = Assert.Throws<BpfObjectException>(unknown.Load);

        Assert.Contains(
            $"libbpf {Libbpf.Version.TrimStart('v')} does not know the section 'newer_than_libbpf'",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void KernelWithoutKprobes_IsNamed()
    {
        bool hasKprobes = Directory.Exists("/sys/bus/event_source/devices/kprobe");
        Require.That(!hasKprobes, "kernel-without-kprobes", "this kernel has kprobes");
        using BpfObject hooks = BpfObject.Open(CompiledFixture.Path("probes"));
        hooks.Load();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => hooks.GetProgram("on_call").AttachKprobe("do_sys_openat2"));

        Assert.True(exception.Message.Contains("built without kprobes (CONFIG_KPROBES", StringComparison.Ordinal), exception.Message);
    }

    [Fact]
    public void KernelWithoutManyKprobes_IsNamed()
    {
        Require.That(!Directory.Exists("/sys/bus/event_source/devices/kprobe"), "kernel-without-kprobes", "this kernel has kprobes");
        using BpfObject many = BpfObject.Open(CompiledFixture.Path("many"));
        many.Load();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() =>
            many.GetProgram("on_many").AttachKprobeMulti(["vfs_read", "vfs_write"], new BpfMultiProbeOptions { Cookies = [1, 2] })
        );

        Assert.Contains("CONFIG_FPROBE", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => many.GetProgram("on_many").AttachKprobeMulti([]));
        Assert.Throws<ArgumentException>(() =>
            many.GetProgram("on_many").AttachKprobeMulti(["vfs_read"], new BpfMultiProbeOptions { Cookies = [1, 2] })
        );
    }

    [Fact]
    public void FunctionThatLibbpfLacks_IsAnErrorWithBothVersions()
    {
        using BpfObject hooks = BpfObject.Open(CompiledFixture.Path("probes"));
        hooks.Load();
        Require.That(
            Version.Parse(Libbpf.Version.TrimStart('v')) < new Version(1, 3),
            "libbpf-before-1.3",
            $"libbpf {Libbpf.Version} has uprobe.multi"
        );

        BpfNotSupportedException exception = Assert.Throws<BpfNotSupportedException>(() =>
            hooks.GetProgram("on_call").AttachUprobeMulti("libc.so.6", ["getppid"])
        );

        Assert.Contains("requires libbpf 1.3 and Linux 6.6 or later", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"libbpf {Libbpf.Version.TrimStart('v')} and Linux", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgramOfAnotherType_IsNamedWithItsOwnMethod()
    {
        using LinksObject links = new();

        BpfObjectException xdp = Assert.Throws<BpfObjectException>(() => links["tc_first"].AttachXdp("lo"));
        BpfObjectException raw = Assert.Throws<BpfObjectException>(() => links["xdp_first"].AttachRawTracepoint("sys_enter"));
        BpfObjectException noTarget = Assert.Throws<BpfObjectException>(() => links["xdp_first"].Attach());

        Assert.Contains(
            "has the type SchedCls (section 'tc'), but this hook runs programs of type Xdp",
            xdp.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("has the type Xdp (section 'xdp')", raw.Message, StringComparison.Ordinal);
        Assert.Contains("AttachXdp", raw.Message, StringComparison.Ordinal);
        Assert.Contains("names no target: use the method for the hook, such as AttachXdp", noTarget.Message, StringComparison.Ordinal);
    }
}
