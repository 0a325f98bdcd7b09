using System.Runtime.InteropServices;
using BpfMaps;

namespace ExecWatch;

// The C# side of the events in bpf/exec.bpf.c. All of them come through one ring, and all begin with the same header.

/// <summary>Which event a record is.</summary>
internal enum EventKind : uint
{
    Exec = 1,
    Exit = 2,
}

/// <summary>What every event begins with: the record that the ring is declared with.</summary>
[BpfMap(Type = BpfMapType.RingBuf, Name = "events", Object = "exec.bpf.o", ClassName = "EventRing")]
internal struct EventHeader
{
    public EventKind Kind;
    public uint ProcessId;
    public ulong At;
    public BpfText<Bytes16> Command;
}

/// <summary>A process has started a program.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ExecEvent
{
    public EventHeader Header;
    public uint ParentId;
    public BpfText<Bytes128> Path;
}

/// <summary>A process has ended.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ExitEvent
{
    public EventHeader Header;
    public ulong Nanoseconds;
    public uint Status;

    /// <summary>How long the program ran; unknown if it was started before anybody watched.</summary>
    public readonly TimeSpan? Duration => Nanoseconds == 0 ? null : TimeSpan.FromMicroseconds(Nanoseconds / 1000.0);

    /// <summary>The signal that killed the process; 0 if it ended by itself.</summary>
    public readonly int Signal => (int)(Status & 0x7f);

    /// <summary>What the process returned, or as shells have it 128 and the signal.</summary>
    public readonly int ExitCode => Signal == 0 ? (int)(Status >> 8) & 0xff : 128 + Signal;
}
