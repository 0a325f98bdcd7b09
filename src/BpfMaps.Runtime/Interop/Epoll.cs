using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>epoll(7): waits for many descriptors through one.</summary>
internal static unsafe class Epoll
{
    public const uint In = 1;
    public const uint Out = 4;
    public const uint OneShot = 1u << 30;
    public const uint EdgeTriggered = 1u << 31;

    /// <summary>How many events one call brings.</summary>
    public const int Batch = 64;

    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;

    // struct epoll_event is packed on x86-64, so that 32-bit processes there see the same bytes, and on no other architecture.
    private static readonly int s_dataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int s_eventSize = s_dataOffset + sizeof(ulong);

    /// <summary>Makes an instance.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Create(out OwnedDescriptor? epoll) => OwnedDescriptor.Adopt(Libc.EpollCreate(Libc.EpollCloseOnExec), out epoll);

    /// <summary>Begins to watch a descriptor.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Watch(OwnedDescriptor epoll, int descriptor, uint events, ulong data) =>
        Control(epoll, Add, descriptor, events, data);

    /// <summary>
    /// Changes the watched events, or watches again after <see cref="OneShot"/>. Checks immediately whether an event is pending.
    /// </summary>
    /// <returns>0, or the error number.</returns>
    public static int Rewatch(OwnedDescriptor epoll, int descriptor, uint events, ulong data) =>
        Control(epoll, Modify, descriptor, events, data);

    /// <summary>
    /// Stops watching. Closing the descriptor is not enough while a duplicate is open: its events would still be reported.
    /// </summary>
    public static void Unwatch(OwnedDescriptor epoll, int descriptor) => _ = Control(epoll, Delete, descriptor, 0, 0);

    /// <summary>Waits for events.</summary>
    /// <param name="epoll">The instance.</param>
    /// <param name="data">Receives what the ready descriptors are watched under; at most <see cref="Batch"/> at once.</param>
    /// <param name="timeoutMilliseconds">How long; -1 is forever.</param>
    /// <returns>The number of events, or the negated error number.</returns>
    [SkipLocalsInit]
    public static int Wait(OwnedDescriptor epoll, Span<ulong> data, int timeoutMilliseconds)
    {
        byte* events = stackalloc byte[Batch * s_eventSize];
        int count = Libc.EpollWait(epoll.Number, events, Math.Min(data.Length, Batch), timeoutMilliseconds);
        if (count < 0)
            return -Marshal.GetLastSystemError();

        for (int i = 0; i < count; i++)
            data[i] = Unsafe.ReadUnaligned<ulong>(events + (i * s_eventSize) + s_dataOffset);
        return count;
    }

    private static int Control(OwnedDescriptor epoll, int operation, int descriptor, uint events, ulong data)
    {
        byte* bytes = stackalloc byte[s_eventSize];
        *(uint*)bytes = events;
        Unsafe.WriteUnaligned(bytes + s_dataOffset, data);
        return Libc.EpollControl(epoll.Number, operation, descriptor, bytes) == 0 ? Errno.Ok : Marshal.GetLastSystemError();
    }
}
