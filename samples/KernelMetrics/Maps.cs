using System.Runtime.CompilerServices;
using BpfMaps;

namespace KernelMetrics;

// The maps of bpf/kernel.bpf.c, and what is exported of them. A field whose offset differs from the C struct is a compile error.

/// <summary>Counts of durations by powers of two of nanoseconds.</summary>
[InlineArray(36)]
internal struct Slots
{
    private ulong _first;
}

/// <summary>How long threads waited for a CPU, by control group.</summary>
[BpfMap(Type = BpfMapType.PerCpuHash, Name = "run_queue", Object = "kernel.bpf.o", Key = typeof(ulong))]
[BpfLabel("cgroup", Decoder = typeof(CgroupPathDecoder))]
internal struct RunQueue
{
    [BpfHistogram(
        "kernel.run_queue.latency",
        Unit = "s",
        Scale = 1e-9,
        Sum = nameof(Nanoseconds),
        Description = "Time between the wakeup of a thread and its start on a CPU."
    )]
    public Slots Counts;
    public ulong Nanoseconds;
}

/// <summary>Durations of the system calls of a command.</summary>
[BpfMap(Type = BpfMapType.PerCpuHash, Name = "call_duration", Object = "kernel.bpf.o")]
internal struct CallDuration
{
    [BpfHistogram(
        "kernel.system_call.duration",
        Unit = "s",
        Scale = 1e-9,
        Sum = nameof(Nanoseconds),
        Description = "Durations of system calls, including the time that they wait."
    )]
    public Slots Counts;
    public ulong Nanoseconds;

    public struct Key
    {
        [BpfLabel("command")]
        public BpfText<Bytes16> Comm;
    }
}

/// <summary>Number and total duration of a system call in the threads of a command.</summary>
[BpfMap(Type = BpfMapType.PerCpuHash, Name = "calls", Object = "kernel.bpf.o")]
internal struct Calls
{
    [BpfCounter("kernel.system_calls", Unit = "{call}", Description = "System calls that returned.")]
    public ulong Count;

    [BpfCounter("kernel.system_call.time", Unit = "s", Scale = 1e-9, Description = "Time in system calls.")]
    public ulong Nanoseconds;

    public struct Key
    {
        [BpfLabel("command")]
        public BpfText<Bytes16> Comm;

        [BpfLabel("call", Decoder = typeof(SystemCallDecoder))]
        public uint Number;
    }
}

/// <summary>Failed system calls. The value is a plain number, so the attributes are on the class.</summary>
[BpfMap(Type = BpfMapType.PerCpuHash, Name = "call_errors", Object = "kernel.bpf.o", Key = typeof(Key), Value = typeof(ulong))]
[BpfCounter("kernel.system_call.errors", Unit = "{call}", Description = "System calls that failed.")]
internal sealed partial class CallErrors
{
    public struct Key
    {
        [BpfLabel("call", Decoder = typeof(SystemCallDecoder))]
        public uint Number;

        [BpfLabel("error", Decoder = typeof(ErrnoDecoder))]
        public int Error;
    }
}

/// <summary>An address family of sockets.</summary>
internal enum AddressFamily : ushort
{
    [BpfLabelText("ipv4")]
    InterNetwork = 2,

    [BpfLabelText("ipv6")]
    InterNetworkV6 = 10,
}

/// <summary>A state of a TCP socket (include/net/tcp_states.h).</summary>
internal enum TcpState : byte
{
    Established = 1,
    SynSent,
    SynReceived,
    FinWait1,
    FinWait2,
    TimeWait,
    Close,
    CloseWait,
    LastAck,
    Listen,
    Closing,
    NewSynReceived,
}

/// <summary>Changes of the state of TCP sockets.</summary>
[BpfMap(Type = BpfMapType.PerCpuHash, Name = "tcp_states", Object = "kernel.bpf.o", Key = typeof(Key), Value = typeof(ulong))]
[BpfCounter("kernel.tcp.state_changes", Unit = "{change}", Description = "Changes of the state of TCP sockets.")]
internal sealed partial class TcpStates
{
    public struct Key
    {
        [BpfLabel("family")]
        public AddressFamily Family;

        [BpfLabel("from")]
        public TcpState From;

        [BpfLabel("to")]
        public TcpState To;
    }
}

/// <summary>Timers that were started, by the function that they call.</summary>
[BpfMap(Type = BpfMapType.PerCpuHash, Name = "timer_starts", Object = "kernel.bpf.o", Key = typeof(ulong), Value = typeof(ulong))]
[BpfLabel("function", Decoder = typeof(KernelSymbolDecoder))]
[BpfCounter("kernel.timer.starts", Unit = "{timer}", Description = "Timers that were started.")]
internal sealed partial class TimerStarts;

/// <summary>Events that are missing in the metrics.</summary>
[BpfMap(Type = BpfMapType.PerCpuArray, Name = "lost", Object = "kernel.bpf.o", Value = typeof(ulong))]
[BpfCounter("kernel.lost_events", Unit = "{event}", Description = "Events that were not counted because a map was full.")]
internal sealed partial class Lost;
