using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>The bytes of one key or value as the kernel may see them: in place if the type has no padding, else a copy whose padding is zero.</summary>
internal readonly ref struct CleanBytes<T>
    where T : unmanaged
{
    private readonly ScratchBuffer _copy;

    /// <param name="element">The key or value.</param>
    /// <param name="format">The padding of its type.</param>
    /// <param name="scratch">Room on the caller's stack: <see cref="PaddingFormat.ScratchSize"/> bytes.</param>
    public CleanBytes(in T element, PaddingFormat format, Span<byte> scratch)
    {
        Bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in element));
        if (!format.HasPadding)
            return;
        _copy = new(scratch, Bytes.Length);
        format.CopyClean(Bytes, _copy.Bytes);
        Bytes = _copy.Bytes;
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public void Dispose() => _copy.Dispose();
}
