using System.Diagnostics.CodeAnalysis;

namespace BpfMaps;

/// <summary>
/// The memory of a map, readable in place. The memory stays mapped until the view is disposed, even after the map is disposed.
/// </summary>
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
