using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The reference of one view to a mapping. It is a class, so that a view and its copies release the reference once.</summary>
/// <remarks>A view and its copies are on the stack of one thread, so this class need not be thread-safe.</remarks>
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

    /// <summary>Gets the first byte, even of a disposed lease.</summary>
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
