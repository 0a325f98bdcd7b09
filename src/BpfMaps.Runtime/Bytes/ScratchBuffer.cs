using System.Buffers;

namespace BpfMaps;

/// <summary>Bytes for the time of one call: from the caller's stack if they are few, else from the array pool. What they hold at first is undefined.</summary>
internal readonly ref struct ScratchBuffer
{
    /// <summary>A value may have megabytes; the stack has not.</summary>
    private const int MaxOnStack = 1024;

    private readonly byte[]? _rented;

    /// <param name="onStack">What <see cref="OnStack"/> asked for.</param>
    /// <param name="size">How many bytes are needed.</param>
    public ScratchBuffer(Span<byte> onStack, int size)
    {
        _rented = onStack.Length < size ? ArrayPool<byte>.Shared.Rent(size) : null;
        Bytes = _rented is null ? onStack[..size] : _rented.AsSpan(0, size);
    }

    public Span<byte> Bytes { get; }

    /// <summary>How many bytes the caller should offer on its stack: all or none.</summary>
    public static int OnStack(int size) => size <= MaxOnStack ? size : 0;

    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
    }
}
