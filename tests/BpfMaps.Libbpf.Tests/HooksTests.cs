using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Cookies, targets that are set before the load, iterators, struct_ops, and attaching everything.</summary>
[Collection(nameof(WholeProcess))]
public sealed class HooksTests
{
    /// <summary>Older kernels pass the cookie of a perf event to the program, but do not report it.</summary>
    private static readonly bool s_reportsCookies = Environment.OSVersion.Version >= new Version(6, 9);

    [Fact]
    public void CookieOfATracepoint_IsReadByTheProgram()
    {
        Require.TraceFs();
        using BpfObject hooks = Loaded();

        using (BpfLink link = hooks.GetProgram("on_tracepoint").AttachTracepoint("sched", "sched_process_fork", 4711))
        {
            StartProcess();
            Assert.Equal(s_reportsCookies ? 4711ul : 0, link.Info.Cookie);
        }

        Assert.Equal(4711ul, Variable(hooks, 0));
    }

    [Fact]
    public void CookieOfARawTracepoint_IsReadByTheProgram()
    {
        Require.Feature(KernelFeature.RawTracepointCookies);
        using BpfObject hooks = Loaded();

        using (hooks.GetProgram("on_raw").AttachRawTracepoint("sys_enter", 4712))
            KnownCalls.Make();

        Assert.Equal(4712ul, Variable(hooks, 1));
    }

    [Fact]
    public void TargetSetBeforeTheLoad_IsAttachedWithItsCookie()
    {
        Require.Feature(KernelFeature.RawTracepointCookies);
        using BpfObject hooks = Loaded();

        using (BpfLink link = hooks.GetProgram("on_typed").Attach(4713))
        {
            KnownCalls.Make();
            Assert.Equal("sys_enter", link.Info.Target);
        }

        Assert.Equal(4713ul, Variable(hooks, 2));
        Assert.True(Variable(hooks, 3) >= KnownCalls.Count, "calls were missed");
    }

    [Fact]
    public void CookieOfAUprobe_IsReadByTheProgram()
    {
        using BpfObject hooks = Loaded();

        using (
            hooks.GetProgram("on_function").AttachUprobe("libc.so.6", KnownCalls.Function, processId: Environment.ProcessId, cookie: 4714)
        )
            KnownCalls.Make();

        Assert.Equal(4714ul, Variable(hooks, 4));
    }

    [Fact]
    public void CookieForAProgramWithoutOne_NamesTheMethodsThatTakeIt()
    {
        Require.Feature(KernelFeature.RawTracepointCookies);
        using BpfObject hooks = Loaded();

        NotSupportedException exception = Assert.Throws<NotSupportedException>(() => hooks.GetProgram("on_raw").Attach(1));

        Assert.Contains("AttachKprobe", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownTarget_IsNamedBeforeTheLoad()
    {
        using BpfObject hooks = BpfObject.Open(CompiledFixture.Path("hooks"));

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() =>
            hooks.GetProgram("on_typed").SetAttachTarget("no_such_event")
        );

        Assert.Contains("The kernel has no 'no_such_event' for programs of type Tracing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Iterator_PrintsLines()
    {
        using BpfObject hooks = Loaded();
        using RawMap walked = hooks.GetMap("walked").Open();

        Assert.Contains($"map {walked.Info.Id} 16", hooks.GetProgram("list_maps").ReadIteratorLines());
        using StreamReader reader = new(hooks.GetProgram("list_maps").ReadIterator());
        Assert.Contains($"map {walked.Info.Id} 16\n", reader.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void PinnedIterator_IsAFile()
    {
        using PinDirectory pins = Require.BpfFs();
        using BpfObject hooks = Loaded();
        using RawMap walked = hooks.GetMap("walked").Open();
        using BpfLink link = hooks.GetProgram("list_maps").AttachIterator();
        link.Pin(pins["maps"]);

        Assert.Contains($"map {walked.Info.Id} 16", Processes.Run("cat", pins["maps"]), StringComparison.Ordinal);
        Assert.Equal((BpfLinkType.Iterator, "bpf_map"), (link.Info.Type, link.Info.Target));
    }

    [Fact]
    public void ProgramThatIsNoIterator_IsNamed()
    {
        using BpfObject hooks = Loaded();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => hooks.GetProgram("on_packet").ReadIterator());

        Assert.Contains("it is 'xdp'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CongestionControl_IsRegisteredUntilTheLinkIsDisposed()
    {
        using BpfObject congestion = BpfObject.Open(CompiledFixture.Path("congestion"));
        congestion.Load();
        const string available = "/proc/sys/net/ipv4/tcp_available_congestion_control";

        using (congestion.GetMap("steady").AttachStructOps())
            Assert.Contains("bpfmaps_steady", File.ReadAllText(available), StringComparison.Ordinal);

        Assert.DoesNotContain("bpfmaps_steady", File.ReadAllText(available), StringComparison.Ordinal);
    }

    [Fact]
    public void MapOfAnotherType_IsNoStructure()
    {
        using BpfObject hooks = Loaded();

        Assert.Contains(
            "type Hash",
            Assert.Throws<InvalidOperationException>(() => hooks.GetMap("walked").AttachStructOps()).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void AttachAll_AttachesWhatHasATarget()
    {
        Require.TraceFs();
        using LinksObject links = new();

        using BpfLinkCollection all = links.Object.AttachAll();
        KnownCalls.Make();

        Assert.Equal((KnownCalls.Count, KnownCalls.Count), (links.Hits(6), links.Hits(7)));
        Assert.Equal(5, all.Count);
        Assert.Equal("sys_exit", all["raw_elsewhere"].Info.Target);
        Assert.Contains("xdp_first", all.Skipped);
        Assert.Throws<KeyNotFoundException>(() => all["xdp_first"]);
    }

    [Fact]
    public void ProgramWithoutAutoAttach_IsSkipped()
    {
        Require.TraceFs();
        using LinksObject links = new();
        links["raw_first"].AutoAttach = false;

        using BpfLinkCollection all = links.Object.AttachAll();

        Assert.Contains("raw_first", all.Skipped);
        Assert.Equal(4, all.Count);
    }

    [Fact]
    public void AttachAllThatFails_NamesThePrograms()
    {
        Require.TraceFs();
        _ = Require.Clang();
        using BpfObject broken = BpfObject.OpenMemory(
            ClangCompiler.CompileText(
                """
                #include <linux/bpf.h>
                #include <bpf/bpf_helpers.h>
                SEC("tracepoint/sched/no_such_event") int first(void *ctx) { return 0; }
                SEC("raw_tp/no_such_event") int second(void *ctx) { return 0; }
                SEC("raw_tp/sys_enter") int third(void *ctx) { return 0; }
                char LICENSE[] SEC("license") = "GPL";
                """
            ),
            "broken"
        );
        broken.Load();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => broken.AttachAll());

        Assert.Contains("'first'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'second'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("2 programs", exception.Message, StringComparison.Ordinal);
    }

    private static BpfObject Loaded()
    {
        Require.Feature(KernelFeature.Cookies);
        BpfObject hooks = BpfObject.Open(CompiledFixture.Path("hooks"));
        MemoryMarshal.Write(hooks.GetMap(".rodata").InitialValue, Environment.ProcessId);
        hooks.GetProgram("on_typed").SetAttachTarget("sys_enter");
        hooks.GetProgram("on_raw").AutoLoad = hooks.GetProgram("on_typed").AutoLoad = KernelFeature.RawTracepointCookies.IsInThisKernel;
        hooks.Load();
        return hooks;
    }

    private static ulong Variable(BpfObject hooks, int index)
    {
        using RawMap variables = hooks.GetMap(".bss").Open();
        byte[] section = new byte[variables.ValueSize];
        Assert.True(variables.TryLookup(new byte[4], section));
        return MemoryMarshal.Read<ulong>(section.AsSpan(index * sizeof(ulong)));
    }

    private static void StartProcess()
    {
        using Process process = Process.Start("/bin/true");
        process.WaitForExit();
    }
}
