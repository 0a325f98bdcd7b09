namespace BpfMaps.Tests;

/// <summary>A buffer with guard bytes on both sides.</summary>
internal sealed class GuardedBuffer
{
    private const int GuardSize = 8192; // Larger than the largest per-CPU value in the tests.
    private const byte GuardByte = 0xA5;

    private readonly byte[] _bytes;
    private readonly int _length;

    public GuardedBuffer(int length)
    {
        _bytes = new byte[GuardSize + length + GuardSize];
        _bytes.AsSpan().Fill(GuardByte);
        _length = length;
        Span.Clear();
    }

    public Span<byte> Span => _bytes.AsSpan(GuardSize, _length);

    /// <summary>Fails if a guard byte was changed.</summary>
    public void AssertUntouchedOutside()
    {
        int before = _bytes.AsSpan(0, GuardSize).IndexOfAnyExcept(GuardByte);
        int after = _bytes.AsSpan(GuardSize + _length).IndexOfAnyExcept(GuardByte);
        Assert.True(before < 0, $"The byte {GuardSize - before} before a buffer of {_length} bytes was written.");
        Assert.True(after < 0, $"The byte {after} after the end of a buffer of {_length} bytes was written.");
    }
}
