namespace BpfMaps.InMemory;

/// <summary>Base class of both ring types: their memory, the rules for mapping it, and their waiters.</summary>
internal abstract class RingMap : InMemoryMap
{
    private readonly Lock _waitersGate = new();
    private readonly RingPages _pages;
    private RingWaiter[] _waiters = [];

    protected RingMap(MapShape shape, HostTables tables)
        : base(shape, tables)
    {
        _pages = new RingPages(shape.MaxEntries);
        Window = _pages.Window;
    }

    public RingWindow Window { get; }

    /// <summary>Gets the positions of both sides (bpf_ringbuf_query).</summary>
    public InMemoryRingState State
    {
        get
        {
            (ulong consumer, ulong producer) = Window.Positions();
            return new InMemoryRingState((long)Window.Size, consumer, producer);
        }
    }

    protected override bool HasMemory => true;

    protected static nuint Page => (nuint)Environment.SystemPageSize;

    /// <summary>Whether the condition that waiters wait for holds.</summary>
    public abstract bool IsReady(BpfReadiness readiness);

    /// <summary>Whether something was reserved and not yet read. It may still be open, so there may be nothing to read.</summary>
    public bool HasReserved => Volatile.Read(ref Window.ConsumerPosition) != Volatile.Read(ref Window.ProducerPosition);

    public void Add(RingWaiter waiter)
    {
        // Includes a full fence: a producer that adds to the ring from now on sees a waiter that found it empty.
        lock (_waitersGate)
            Interlocked.Exchange(ref _waiters, [.. _waiters, waiter]);
    }

    public void Remove(RingWaiter waiter)
    {
        lock (_waitersGate)
            Interlocked.Exchange(ref _waiters, [.. _waiters.Where(other => other != waiter)]);
    }

    /// <summary>Notifies the waiters to check again.</summary>
    /// <param name="onlyOfOpenRecord">Whether to notify only the waiters that saw a record while it was still open.</param>
    protected void Wake(bool onlyOfOpenRecord = false)
    {
        foreach (RingWaiter waiter in Volatile.Read(ref _waiters))
            waiter.Notify(onlyOfOpenRecord);
    }

    /// <summary>Returns whether user space may map a part of the ring for writing.</summary>
    /// <param name="offset">The offset of the part.</param>
    /// <param name="length">The size in bytes, whole pages.</param>
    protected abstract bool IsWritable(nint offset, nuint length);

    protected override int FindMemory(nuint length, nint offset, bool writable, out nint address)
    {
        address = 0;
        length = (length + Page - 1) / Page * Page;
        if (writable && !IsWritable(offset, length))
            return Errno.EPERM;
        if (length > _pages.Length || (nuint)offset > _pages.Length - length)
            return Errno.EINVAL;
        address = _pages.Address + offset;
        return Errno.Ok;
    }
}
