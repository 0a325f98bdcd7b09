using System.Diagnostics;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The single thread of the process that waits with epoll for all streams that are read asynchronously.</summary>
/// <remarks>
/// Arming the first waiter starts it, and it ends after the last waiter is removed. A loop that has ended accepts no more waiters; the next
/// waiter starts another loop, so starting and ending never race.
/// </remarks>
internal sealed class ReadinessLoop
{
    private const ulong StopId = 0;
    private const uint Events = Epoll.In | Epoll.OneShot;

    private static readonly Lock s_gate = new();
    private static ReadinessLoop? s_current;

    private readonly OwnedDescriptor _epoll;
    private readonly OwnedDescriptor _stop;
    private readonly Dictionary<ulong, KernelWaiter> _members = [];
    private ulong _lastId = StopId;

    private ReadinessLoop(OwnedDescriptor epoll, OwnedDescriptor stop)
    {
        _epoll = epoll;
        _stop = stop;
        Thread = new Thread(Run) { IsBackground = true, Name = "BpfMaps epoll" };
    }

    /// <summary>Gets the thread of the running loop, if there is one.</summary>
    public static Thread? CurrentThread
    {
        get
        {
            lock (s_gate)
                return s_current?.Thread;
        }
    }

    private Thread Thread { get; }

    /// <summary>Adds and arms a waiter, and starts the thread for the first one.</summary>
    /// <returns>0, or the error number.</returns>
    public static int Join(KernelWaiter waiter, int descriptor, out ReadinessLoop? loop, out ulong id)
    {
        lock (s_gate)
        {
            id = StopId;
            loop = s_current;
            if (loop is null)
            {
                int problem = Create(out loop);
                if (problem != Errno.Ok)
                    return problem;
            }

            // Before the descriptor is watched, so that the first event has its waiter.
            id = ++loop!._lastId;
            loop._members.Add(id, waiter);
            int errno = Epoll.Watch(loop._epoll, descriptor, Events, id);
            if (errno != Errno.Ok)
            {
                loop.Remove(id);
                loop = null;
            }

            return errno;
        }
    }

    /// <summary>Arms a waiter again.</summary>
    /// <returns>0, or the error number.</returns>
    public int Rearm(int descriptor, ulong id) => Epoll.Rewatch(_epoll, descriptor, Events, id);

    /// <summary>Removes a waiter. Its callback is not called again, but a call in progress may still run.</summary>
    public void Leave(int descriptor, ulong id)
    {
        lock (s_gate)
        {
            Epoll.Unwatch(_epoll, descriptor);
            Remove(id);
        }
    }

    private static int Create(out ReadinessLoop? loop)
    {
        loop = null;
        int errno = Epoll.Create(out OwnedDescriptor? epoll);
        if (errno != Errno.Ok)
            return errno;

        errno = EventCounter.Create(out OwnedDescriptor? stop);
        if (errno == Errno.Ok)
            errno = Epoll.Watch(epoll!, stop!.Number, Epoll.In, StopId);
        if (errno != Errno.Ok)
        {
            epoll!.Dispose();
            stop?.Dispose();
            return errno;
        }

        loop = new ReadinessLoop(epoll!, stop!);
        loop.Thread.Start();
        s_current = loop;
        return Errno.Ok;
    }

    private void Remove(ulong id)
    {
        _members.Remove(id);
        if (_members.Count != 0)
            return;
        s_current = null;
        EventCounter.Signal(_stop);
    }

    private void Run()
    {
        Span<ulong> ready = stackalloc ulong[Epoll.Batch];
        while (true)
        {
            int count = Epoll.Wait(_epoll, ready, timeoutMilliseconds: -1);
            Debug.Assert(count is >= 0 or -Errno.EINTR, "The descriptor is open and the buffer is valid.");
            for (int i = 0; i < count; i++)
            {
                if (ready[i] == StopId)
                {
                    _epoll.Dispose();
                    _stop.Dispose();
                    return;
                }

                Find(ready[i])?.OnReady();
            }
        }
    }

    private KernelWaiter? Find(ulong id)
    {
        lock (s_gate)
            return _members.GetValueOrDefault(id);
    }
}
