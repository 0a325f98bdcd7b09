using System.Diagnostics;
using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Waits for descriptors of the kernel: with poll(2) if a thread blocks, otherwise with <see cref="ReadinessLoop"/>.</summary>
internal sealed unsafe class KernelWaiter : BpfWaiter
{
    private readonly Lock _gate = new();
    private readonly OwnedDescriptor _watched;
    private readonly bool _isEdge;
    private OwnedDescriptor? _interruption;
    private bool _isInterrupted;
    private bool _isDisposed;
    private Action? _callback;
    private ReadinessLoop? _loop;
    private ulong _id;

    private KernelWaiter(OwnedDescriptor watched, bool isEdge)
    {
        _watched = watched;
        _isEdge = isEdge;
    }

    /// <summary>Creates a waiter with its own descriptors.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Create(ReadOnlySpan<SafeHandle> handles, BpfReadiness readiness, out BpfWaiter? waiter)
    {
        waiter = null;
        bool isEdge = readiness == BpfReadiness.Writable;
        OwnedDescriptor? watched;
        int errno =
            handles.Length == 1 && !isEdge
                ? Duplicate(handles[0], out watched)
                : CreateSet(handles, isEdge ? Epoll.Out | Epoll.EdgeTriggered : Epoll.In, out watched);
        if (errno == Errno.Ok)
            waiter = new KernelWaiter(watched!, isEdge);
        return errno;
    }

    public override BpfWaitResult Wait(TimeSpan timeout)
    {
        OwnedDescriptor interruption = Interruption();
        long start = Stopwatch.GetTimestamp();
        PollDescriptor* descriptors = stackalloc PollDescriptor[2];
        while (true)
        {
            descriptors[0] = new PollDescriptor { Descriptor = _watched.Number, Events = Libc.PollIn };
            descriptors[1] = new PollDescriptor { Descriptor = interruption.Number, Events = Libc.PollIn };
            int ready = Poll(descriptors, timeout, start);
            if (ready == 0)
                return BpfWaitResult.TimedOut;
            if (ready == -Errno.EINTR)
                continue;
            if (ready < 0)
                throw Failure(BpfCommand.Poll, -ready);
            if (descriptors[1].ReturnedEvents != 0)
                return TakeInterruption();
            if (_isEdge)
                TakeEdge();
            return BpfWaitResult.Ready;
        }
    }

    public override void Interrupt()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isInterrupted = true;
            if (_interruption is not null)
                EventCounter.Signal(_interruption);
        }
    }

    public override void Arm(Action callback)
    {
        Volatile.Write(ref _callback, callback);
        int errno = _loop is null ? ReadinessLoop.Join(this, _watched.Number, out _loop, out _id) : _loop.Rearm(_watched.Number, _id);
        if (errno != Errno.Ok)
            throw Failure(BpfCommand.EpollCtl, errno);
    }

    /// <summary>Called by the thread of the loop when a descriptor is ready.</summary>
    internal void OnReady() => Interlocked.Exchange(ref _callback, null)?.Invoke();

    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _interruption?.Dispose();
        }

        Volatile.Write(ref _callback, null);
        _loop?.Leave(_watched.Number, _id);
        _watched.Dispose();
    }

    /// <summary>Duplicates a descriptor, so that disposing the map during a wait does not close it.</summary>
    private static int Duplicate(SafeHandle handle, out OwnedDescriptor? duplicate)
    {
        duplicate = null;
        using HeldDescriptor held = new(handle);
        return held.IsDisposed
            ? Errno.EBADF
            : OwnedDescriptor.Adopt(Libc.Fcntl(held.Descriptor, Libc.FcntlDuplicateCloseOnExec, 0), out duplicate);
    }

    /// <summary>
    /// Combines several descriptors in one. The set watches open files, not descriptors: a file leaves it when the set or the last
    /// descriptor of the file is closed.
    /// </summary>
    private static int CreateSet(ReadOnlySpan<SafeHandle> handles, uint events, out OwnedDescriptor? set)
    {
        int errno = Epoll.Create(out set);
        foreach (SafeHandle handle in handles)
        {
            if (errno != Errno.Ok)
                break;
            using HeldDescriptor held = new(handle);
            errno = held.IsDisposed ? Errno.EBADF : Epoll.Watch(set!, held.Descriptor, events, 0);
        }

        if (errno != Errno.Ok)
            set?.Dispose();
        return errno;
    }

    private static BpfException Failure(BpfCommand command, int errno) =>
        BpfException.Of("Waiting for a stream", errno, command, mapName: null, KernelAdvice.For(command, errno, path: null));

    /// <summary>Waits for the rest of the time.</summary>
    /// <returns>How many descriptors are ready, or the negated error number.</returns>
    private static int Poll(PollDescriptor* descriptors, TimeSpan timeout, long start)
    {
        TimeSpecification* limit = null;
        TimeSpecification left;
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            TimeSpan rest = timeout - Stopwatch.GetElapsedTime(start);
            long ticks = Math.Max(0, rest.Ticks);
            left.Seconds = (nint)(ticks / TimeSpan.TicksPerSecond);
            left.Nanoseconds = (nint)(ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
            limit = &left;
        }

        int ready = Libc.Poll(descriptors, 2, limit, null);
        return ready >= 0 ? ready : -Marshal.GetLastSystemError();
    }

    /// <summary>
    /// The counter that interrupts a wait. It is created when the first thread waits, because asynchronous readers do not use it.
    /// </summary>
    private OwnedDescriptor Interruption()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_interruption is null)
            {
                int errno = EventCounter.Create(out _interruption);
                if (errno != Errno.Ok)
                    throw Failure(BpfCommand.EventFd, errno);
                if (_isInterrupted)
                    EventCounter.Signal(_interruption!);
            }

            return _interruption!;
        }
    }

    private BpfWaitResult TakeInterruption()
    {
        lock (_gate)
        {
            _isInterrupted = false;
            EventCounter.Reset(_interruption!);
            return BpfWaitResult.Interrupted;
        }
    }

    /// <summary>Consumes the edge, which poll(2) on the set only reports.</summary>
    private void TakeEdge()
    {
        Span<ulong> taken = stackalloc ulong[Epoll.Batch];
        while (Epoll.Wait(_watched, taken, timeoutMilliseconds: 0) == Epoll.Batch) { }
    }
}
