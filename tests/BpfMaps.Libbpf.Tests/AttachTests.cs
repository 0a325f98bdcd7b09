using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

// Programs see the activity of the whole machine. Each test uses its own slot, and expects "at least" where other processes can add to it.
[Collection(nameof(WholeProcess))]
public sealed class AttachTests
{
    [Fact]
    public void RawTracepoint_CountsExactlyTheCallsOfThisProcess()
    {
        using BpfObject events = WatchingThisProcess();

        using (events.GetProgram("on_syscall").Attach())
            KnownCalls.Make();
        KnownCalls.Make();

        Assert.Equal(KnownCalls.Count, Hits(events, 0));
    }

    [Fact]
    public void Tracepoint_SeesAProcessStart()
    {
        using PinDirectory _ = Require.BpfFs();
        Require.TraceFs();
        using BpfObject events = Loaded();
        using BpfLink link = events.GetProgram("on_exec").AttachTracepoint("sched", "sched_process_exec");

        using (Process process = Process.Start("/bin/true"))
            process.WaitForExit();

        Assert.True(Hits(events, 1) >= 1, "no process start was counted");
    }

    [Fact]
    public void MissingTracepoint_FailsWithItsName()
    {
        Require.TraceFs();
        using BpfObject events = Loaded();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() =>
            events.GetProgram("on_exec").AttachTracepoint("sched", "no_such_event")
        );

        Assert.Contains("no_such_event", exception.Message, StringComparison.Ordinal);
        Assert.Equal("ENOENT", exception.ErrnoName);
    }

    [Fact]
    public void Xdp_SeesPacketsOnLoopbackUntilItIsDetached()
    {
        using BpfObject events = Loaded();
        using (events.GetProgram("on_packet").AttachXdp("lo"))
            SendToSelf();
        long seen = Hits(events, 2);
        SendToSelf();

        Assert.True(seen >= 1, "no packet was counted");
        Assert.Equal(seen, Hits(events, 2));
    }

    [Fact]
    public void TrafficControl_SeesPacketsOnLoopbackUntilItIsDetached()
    {
        using BpfObject events = Loaded();
        using (events.GetProgram("on_tc").AttachTc("lo", BpfTcDirection.Ingress))
            SendToSelf();
        long seen = Hits(events, 3);
        SendToSelf();

        Assert.True(seen >= 1, "no packet was counted");
        Assert.Equal(seen, Hits(events, 3));
    }

    [Fact]
    public void SocketFilter_SeesOnlyPacketsOfItsSocket()
    {
        using BpfObject events = Loaded();
        using Socket receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using (events.GetProgram("on_socket").AttachSocketFilter(receiver))
        {
            SendTo(receiver);
            SendTo(receiver);
        }

        SendTo(receiver);
        Assert.Equal(2, Hits(events, 4));
    }

    [Fact]
    public void Cgroup_SeesWhatItsProcessesSendUntilItIsDetached()
    {
        string root = Require.Cgroup2();
        using BpfObject events = Loaded();
        using (events.GetProgram("on_egress").AttachCgroup(root))
            SendToSelf();
        long seen = Hits(events, 5);
        SendToSelf();

        Assert.True(seen >= 1, "no packet was counted");
        Assert.Equal(seen, Hits(events, 5));
    }

    [Fact]
    public void UnknownInterface_FailsWithItsName()
    {
        using BpfObject events = Loaded();

        BpfObjectException exception = Assert.Throws<BpfObjectException>(() => events.GetProgram("on_packet").AttachXdp("nosuch0"));

        Assert.Contains("nosuch0", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProgramBeforeTheLoad_CannotBeAttached()
    {
        using BpfObject events = BpfObject.Open(CompiledFixture.Path("events"));

        Assert.Contains(
            "Load()",
            Assert.Throws<InvalidOperationException>(() => events.GetProgram("on_syscall").Attach()).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void TestRun_RunsTheProgramOnTheGivenPacket()
    {
        using BpfObject events = Loaded();
        byte[] packet = new byte[64],
            output = new byte[128];

        BpfTestRunResult result = events.GetProgram("on_packet").TestRun(packet, output, repeat: 5);

        Assert.Equal(2, result.ReturnValue); // XDP_PASS
        Assert.Equal(64, result.DataLength);
        Assert.Equal(5, Hits(events, 2));
    }

    [Fact]
    public void PinnedLink_KeepsTheProgramAttached()
    {
        using PinDirectory pins = Require.BpfFs();
        using BpfObject events = WatchingThisProcess();
        using (BpfLink link = events.GetProgram("on_syscall").Attach())
            link.Pin(pins["link"]);

        KnownCalls.Make();

        Assert.Equal(KnownCalls.Count, Hits(events, 0));
        File.Delete(pins["link"]);
    }

    private static BpfObject Loaded()
    {
        BpfObject events = BpfObject.Open(CompiledFixture.Path("events"));
        events.Load();
        return events;
    }

    private static BpfObject WatchingThisProcess()
    {
        BpfObject events = BpfObject.Open(CompiledFixture.Path("events"));
        Span<byte> rodata = events.GetMap(".rodata").InitialValue;
        MemoryMarshal.Write(rodata, Environment.ProcessId);
        MemoryMarshal.Write(rodata[8..], KnownCalls.Number);
        events.Load();
        return events;
    }

    private static long Hits(BpfObject events, int slot)
    {
        using RawMap hits = events.GetMap("hits").Open();
        byte[] key = [(byte)slot, 0, 0, 0],
            value = new byte[8];
        Assert.True(hits.TryLookup(key, value));
        return MemoryMarshal.Read<long>(value);
    }

    private static void SendToSelf()
    {
        using Socket receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        SendTo(receiver);
    }

    private static void SendTo(Socket receiver)
    {
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sender.SendTo([1, 2, 3], receiver.LocalEndPoint!);
        receiver.ReceiveTimeout = 10_000;
        Assert.Equal(3, receiver.Receive(new byte[16]));
    }
}
