namespace BpfMaps.InMemory;

/// <summary>What the two kinds of rings have in common: their memory, which of it may be mapped how, and who waits for them.</summary>
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

    /// <summary>Whether maps of a kind are rings.</summary>
    public static bool Is(BpfMapType type) => type is BpfMapType.RingBuf or BpfMapType.UserRingBuf;

    /// <summary>How far both sides have come (bpf_ringbuf_query).</summary>
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

    /// <summary>Whether what is waited for is there.</summary>
    public abstract bool IsReady(BpfReadiness readiness);

    /// <summary>Whether something was reserved and not read yet. It may still be open, so that there is nothing to read.</summary>
    public bool HasReserved => Volatile.Read(ref Window.ConsumerPosition) != Volatile.Read(ref Window.ProducerPosition);

    public void Add(RingWaiter waiter)
    {
        // With a full fence: a waiter that finds nothing in the ring from now on is seen by whoever puts something there.
        lock (_waitersGate)
            Interlocked.Exchange(ref _waiters, [.. _waiters, waiter]);
    }

    public void Remove(RingWaiter waiter)
    {
        lock (_waitersGate)
            Interlocked.Exchange(ref _waiters, [.. _waiters.Where(other => other != waiter)]);
    }

    /// <summary>Tells those who wait to look again.</summary>
    /// <param name="onlyOfOpenRecord">Only those who have seen a record that was still open, and would see at any time that it no longer is.</param>
    protected void Wake(bool onlyOfOpenRecord = false)
    {
        foreach (RingWaiter waiter in Volatile.Read(ref _waiters))
            waiter.Notify(onlyOfOpenRecord);
    }

    /// <summary>Whether user space may map a part of the ring for writing.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="length">Bytes, whole pages.</param>
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
