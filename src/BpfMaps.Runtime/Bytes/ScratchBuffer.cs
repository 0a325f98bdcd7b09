using System.Buffers;

namespace BpfMaps;

/// <summary>
/// A temporary buffer for one call: on the caller's stack if it is small, otherwise from the array pool. Its initial content is undefined.
/// </summary>
internal readonly ref struct ScratchBuffer
{
    /// <summary>The maximum size on the stack; values may have megabytes.</summary>
    private const int MaxOnStack = 1024;

    private readonly byte[]? _rented;

    /// <param name="onStack">A buffer of <see cref="OnStack"/> bytes.</param>
    /// <param name="size">The required size in bytes.</param>
    public ScratchBuffer(Span<byte> onStack, int size)
    {
        _rented = onStack.Length < size ? ArrayPool<byte>.Shared.Rent(size) : null;
        Bytes = _rented is null ? onStack[..size] : _rented.AsSpan(0, size);
    }

    public Span<byte> Bytes { get; }

    /// <summary>Gets the size of the stack buffer that the caller should provide: <paramref name="size"/> or 0.</summary>
    public static int OnStack(int size) => size <= MaxOnStack ? size : 0;

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }
}
