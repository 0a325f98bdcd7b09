using System.Diagnostics.CodeAnalysis;

namespace BpfMaps;

/// <summary>
/// The memory of a map, readable and writable in place. The memory stays mapped until the view is disposed, even after the map is disposed.
/// </summary>
/// <remarks>
/// Other CPUs and programs may modify the memory at the same time. Aligned loads and stores of up to 8 bytes are not torn; more requires
/// synchronization.
/// </remarks>
public readonly ref struct BpfMemoryView : IDisposable
{
    private readonly MappingLease _lease;

    internal BpfMemoryView(MappingLease lease) => _lease = lease;

    /// <summary>Gets the size in bytes: <c>max_entries</c> times the value size rounded up to 8.</summary>
    public long Length => _lease.Length;

    /// <summary>Gets all bytes. The compiler ensures that the span does not outlive this view.</summary>
    /// <exception cref="ObjectDisposedException">The view is disposed.</exception>
    /// <exception cref="OverflowException">The memory is larger than a span can be (2 GiB): use <see cref="Slice"/>.</exception>
    [UnscopedRef]
    public Span<byte> Span => _lease.GetSpan(0, checked((int)_lease.Length));

    /// <summary>Gets a range of bytes. The compiler ensures that the span does not outlive this view.</summary>
    /// <param name="offset">The offset of the first byte.</param>
    /// <param name="length">The number of bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not inside the view.</exception>
    /// <exception cref="ObjectDisposedException">The view is disposed.</exception>
    [UnscopedRef]
    public Span<byte> Slice(long offset, int length) => _lease.GetSpan(offset, length);

    /// <summary>Releases the mapping. Safe to call more than once.</summary>
    public void Dispose() => _lease.Dispose();

    /// <summary>The address of the memory.</summary>
    internal ulong Address => _lease.Address;

    /// <summary>The first byte. Callers check that the view is not disposed.</summary>
    internal ref byte First => ref _lease.First;

    internal void ThrowIfDisposed() => _lease.ThrowIfDisposed();
}
