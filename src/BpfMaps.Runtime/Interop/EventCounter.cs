namespace BpfMaps.Interop;

/// <summary>An eventfd that wakes waiting threads.</summary>
internal static unsafe class EventCounter
{
    public static int Create(out OwnedDescriptor? counter) =>
        OwnedDescriptor.Adopt(Libc.EventFd(0, Libc.EventFdCloseOnExec | Libc.EventFdNonBlocking), out counter);

    /// <summary>Makes it readable. The call can only fail at a count of 2^64 - 2, which is as readable.</summary>
    public static void Signal(OwnedDescriptor counter)
    {
        ulong one = 1;
        _ = Libc.Write(counter.Number, &one, sizeof(ulong));
    }

    /// <summary>Makes it unreadable again; if it is so already, the call has nothing to read and does not block.</summary>
    public static void Reset(OwnedDescriptor counter)
    {
        ulong count;
        _ = Libc.Read(counter.Number, &count, sizeof(ulong));
    }
}
