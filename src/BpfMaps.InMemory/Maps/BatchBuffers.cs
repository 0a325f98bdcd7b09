namespace BpfMaps.InMemory;

/// <summary>The position of a batch and the buffers that it fills.</summary>
internal readonly ref struct BatchBuffers
{
    /// <summary>The position to continue from; empty for the beginning.</summary>
    public ReadOnlySpan<byte> Position { get; init; }

    /// <summary>Receives the position to continue from in the next call.</summary>
    public Span<byte> NextPosition { get; init; }

    public Span<byte> Keys { get; init; }

    public Span<byte> Values { get; init; }
}
