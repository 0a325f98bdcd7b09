using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>
/// The bytes of a key or value as passed to the kernel: in place if the type has no padding; otherwise a copy with zeroed padding.
/// </summary>
internal readonly ref struct CleanBytes<T>
    where T : unmanaged
{
    private readonly ScratchBuffer _copy;

    /// <param name="element">The key or value.</param>
    /// <param name="format">The padding of its type.</param>
    /// <param name="scratch">A stack buffer of <see cref="PaddingFormat.ScratchSize"/> bytes from the caller.</param>
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
