using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// Owns the mappings of a ring: a page with the consumer position, a page with the producer position, and the data twice in a row.
/// </summary>
/// <remarks>The handle is the address of the data. Readers hold a reference while other threads may dispose the ring.</remarks>
internal sealed unsafe class RingMemory : SafeHandle
{
    private readonly SafeHandle _consumer;
    private readonly SafeHandle _producer;

    private RingMemory(SafeHandle consumer, SafeHandle producer, ulong size)
        : base(0, ownsHandle: true)
    {
        _consumer = consumer;
        _producer = producer;
        byte* positions = (byte*)producer.DangerousGetHandle();
        Window = new RingWindow((byte*)consumer.DangerousGetHandle(), positions, positions + Environment.SystemPageSize, size);
        SetHandle((nint)positions + Environment.SystemPageSize);
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Gets the memory, valid until this object is released.</summary>
    public RingWindow Window { get; }

    /// <summary>Maps a ring. Only the pages that user space writes are mapped as writable; the kernel denies the others (EPERM).</summary>
    /// <param name="raw">A ring buffer, which user space reads, or a user ring buffer, which user space writes.</param>
    /// <exception cref="BpfPermissionException">The descriptor is read-only.</exception>
    /// <exception cref="ObjectDisposedException">The map is disposed.</exception>
    public static RingMemory Map(RawMap raw)
    {
        bool isProducer = raw.Type == BpfMapType.UserRingBuf;
        nuint page = (nuint)Environment.SystemPageSize;
        SafeHandle consumer = Map(raw, page, 0, writable: !isProducer);
        try
        {
            return new RingMemory(consumer, Map(raw, page + (2 * (nuint)raw.MaxEntries), (nint)page, writable: isProducer), raw.MaxEntries);
        }
        catch
        {
            consumer.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Gets the distance between the positions of a ring: bytes of records that are not consumed, with their headers. Maps the positions
    /// as read-only, so that nothing can be changed.
    /// </summary>
    /// <param name="raw">
    /// A ring buffer or a user ring buffer. The kernel maps no descriptor that was opened as read-only (EINVAL).
    /// </param>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public static long UnreadBytes(RawMap raw)
    {
        int page = Environment.SystemPageSize;
        using SafeHandle positions = Map(raw, 2 * (nuint)page, 0, writable: false);
        byte* consumer = (byte*)positions.DangerousGetHandle();
        RingWindow window = new(consumer, consumer + page, data: null, raw.MaxEntries);
        return window.Distance(window.Positions());
    }

    /// <summary>Keeps the memory mapped until <see cref="SafeHandle.DangerousRelease"/>.</summary>
    /// <returns><see langword="false"/> if it is already released.</returns>
    public bool TryHold()
    {
        bool held = false;
        try
        {
            DangerousAddRef(ref held);
            return held;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    protected override bool ReleaseHandle()
    {
        _producer.Dispose();
        _consumer.Dispose();
        return true;
    }

    private static SafeHandle Map(RawMap raw, nuint length, nint offset, bool writable)
    {
        int errno = raw.Host.MapMemory(raw.Handle, length, offset, writable, out SafeHandle? memory);
        return errno == Errno.Ok ? memory! : throw raw.Failure(errno, BpfCommand.Mmap);
    }
}
