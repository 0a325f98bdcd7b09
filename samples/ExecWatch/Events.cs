using System.Runtime.InteropServices;
using BpfMaps;

namespace ExecWatch;

// The events of bpf/exec.bpf.c in C#. They share one ring and start with the same header.

/// <summary>Type of an event.</summary>
internal enum EventKind : uint
{
    Exec = 1,
    Exit = 2,
}

/// <summary>Header of all events, and the declared record of the ring.</summary>
[BpfMap(Type = BpfMapType.RingBuf, Name = "events", Object = "exec.bpf.o", ClassName = "EventRing")]
internal struct EventHeader
{
    public EventKind Kind;
    public uint ProcessId;
    public ulong At;
    public BpfText<Bytes16> Command;
}

/// <summary>A process executed a program.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ExecEvent
{
    public EventHeader Header;
    public uint ParentId;
    public BpfText<Bytes128> Path;
}

/// <summary>A process exited.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ExitEvent
{
    public EventHeader Header;
    public ulong Nanoseconds;
    public uint Status;

    /// <summary>Run time of the program; <see langword="null"/> if it started before ExecWatch.</summary>
    public readonly TimeSpan? Duration => Nanoseconds == 0 ? null : TimeSpan.FromMicroseconds(Nanoseconds / 1000.0);

    /// <summary>The signal that killed the process; 0 if it exited normally.</summary>
    public readonly int Signal => (int)(Status & 0x7f);

    /// <summary>The exit code, or 128 plus the signal as in shells.</summary>
    public readonly int ExitCode => Signal == 0 ? (int)(Status >> 8) & 0xff : 128 + Signal;
}
