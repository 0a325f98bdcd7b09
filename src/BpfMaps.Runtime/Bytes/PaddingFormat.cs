using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>The padding of a key or value: the bytes that belong to no field, and the buffer size for a clean copy.</summary>
/// <remarks>
/// The kernel compares and stores every byte, but the padding of a C# struct is undefined: the JIT may keep the fields in registers and
/// write only them. Therefore, a type with padding is copied and its padding zeroed; a type without padding is passed in place.
/// </remarks>
internal sealed class PaddingFormat(BpfTypeLayout layout)
{
    private readonly PaddingRun[] _runs = layout.Padding.ToArray();

    public bool HasPadding => _runs.Length != 0;

    /// <summary>Gets the size of the stack buffer that <see cref="CleanBytes{T}"/> needs from its caller.</summary>
    public int ScratchSize { get; } = layout.HasPadding ? ScratchBuffer.OnStack(layout.Size) : 0;

    /// <summary>Zeroes the padding of one element.</summary>
    public void Clean(Span<byte> element)
    {
        foreach (PaddingRun run in _runs)
            element.Slice(run.Offset, run.Length).Clear();
    }

    /// <summary>
    /// Gets the bytes of a key as passed to the kernel: in place if the type has no padding; otherwise those of a copy with zeroed padding.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="room">The destination of a copy: a variable of the caller, because keys have at most 512 bytes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> CleanKey<TKey>(in TKey key, ref TKey room)
        where TKey : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<TKey>(in key));
        if (!HasPadding)
            return bytes;
        Span<byte> copy = MemoryMarshal.AsBytes(new Span<TKey>(ref room));
        CopyClean(bytes, copy);
        return copy;
    }

    /// <summary>Copies consecutive elements and zeroes their padding.</summary>
    public void CopyClean(ReadOnlySpan<byte> elements, Span<byte> destination)
    {
        elements.CopyTo(destination);
        if (!HasPadding)
            return;
        for (int at = 0; at < elements.Length; at += layout.Size)
            Clean(destination.Slice(at, layout.Size));
    }
}
