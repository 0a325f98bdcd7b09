using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The memory of a map, readable and writable in place. Dispose it: until then the memory stays mapped, even past the map's own disposal.</summary>
/// <remarks>Other CPUs and programs change the memory at the same time. Aligned loads and stores of up to 8 bytes are not torn; more needs a protocol of your own.</remarks>
public readonly ref struct BpfMemoryView : IDisposable
{
    private readonly MappingLease _lease;

    internal BpfMemoryView(MappingLease lease) => _lease = lease;

    /// <summary>The number of bytes: <c>max_entries</c> times the value size rounded up to 8.</summary>
    public long Length => _lease.Length;

    /// <summary>All bytes. The compiler binds the span to this view.</summary>
    /// <exception cref="ObjectDisposedException">The view is disposed.</exception>
    /// <exception cref="OverflowException">There are more bytes than a span can hold (2 GiB): use <see cref="Slice"/>.</exception>
    [UnscopedRef]
    public Span<byte> Span => _lease.GetSpan(0, checked((int)_lease.Length));

    /// <summary>Some of the bytes. The compiler binds the span to this view.</summary>
    /// <param name="offset">Where they begin.</param>
    /// <param name="length">How many they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not all in the view.</exception>
    /// <exception cref="ObjectDisposedException">The view is disposed.</exception>
    [UnscopedRef]
    public Span<byte> Slice(long offset, int length) => _lease.GetSpan(offset, length);

    /// <summary>Gives the memory back. Once is enough, more often does no harm.</summary>
    public void Dispose() => _lease.Dispose();

    /// <summary>Where the memory is.</summary>
    internal ulong Address => _lease.Address;

    /// <summary>The first byte. Not to be used when the view is disposed, which it does not know.</summary>
    internal ref byte First => ref _lease.First;

    internal void ThrowIfDisposed() => _lease.ThrowIfDisposed();
}

/// <summary>The memory of a map, readable in place. Dispose it: until then the memory stays mapped, even past the map's own disposal.</summary>
/// <inheritdoc cref="BpfMemoryView" path="/remarks"/>
public readonly ref struct BpfReadOnlyMemoryView : IDisposable
{
    private readonly MappingLease _lease;

    internal BpfReadOnlyMemoryView(MappingLease lease) => _lease = lease;

    /// <inheritdoc cref="BpfMemoryView.Length"/>
    public long Length => _lease.Length;

    /// <inheritdoc cref="BpfMemoryView.Span"/>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => _lease.GetSpan(0, checked((int)_lease.Length));

    /// <inheritdoc cref="BpfMemoryView.Slice(long, int)"/>
    [UnscopedRef]
    public ReadOnlySpan<byte> Slice(long offset, int length) => _lease.GetSpan(offset, length);

    /// <inheritdoc cref="BpfMemoryView.Dispose"/>
    public void Dispose() => _lease.Dispose();

    /// <inheritdoc cref="BpfMemoryView.First"/>
    internal ref byte First => ref _lease.First;

    internal void ThrowIfDisposed() => _lease.ThrowIfDisposed();
}

/// <summary>One view's share in a mapping. It is a class so that a view that was copied gives its share back once.</summary>
/// <remarks>A view and its copies are on the stack of one thread: nothing here has to be safe for several.</remarks>
internal sealed class MappingLease : IDisposable
{
    private readonly SafeHandle _memory;
    private bool _isDisposed;

    public MappingLease(SafeHandle memory, long length)
    {
        bool held = false;
        memory.DangerousAddRef(ref held);
        _memory = memory;
        Length = length;
    }

    public long Length { get; }

    public Span<byte> GetSpan(long offset, int length)
    {
        ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref First, (nint)offset), length);
    }

    public ulong Address => (ulong)_memory.DangerousGetHandle();

    /// <summary>The first byte, also of a lease that is disposed.</summary>
    public unsafe ref byte First => ref *(byte*)_memory.DangerousGetHandle();

    public void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, typeof(BpfMemoryView));

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _memory.DangerousRelease();
    }
}
