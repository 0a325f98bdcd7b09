using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Where a key or a value has bytes that belong to no field, and how much room a copy without their content needs.</summary>
/// <remarks>
/// The kernel compares and stores every byte. What stands in the padding of a C# struct is undefined: the JIT may keep the fields in registers
/// and write only them. So a type with padding is copied and the padding zeroed; a type without is handed over where it stands.
/// </remarks>
internal sealed class PaddingFormat(BpfTypeLayout layout)
{
    private readonly PaddingRun[] _runs = layout.Padding.ToArray();

    public bool HasPadding => _runs.Length != 0;

    /// <summary>How many bytes <see cref="CleanBytes{T}"/> wants on the stack of its caller.</summary>
    public int ScratchSize { get; } = layout.HasPadding ? ScratchBuffer.OnStack(layout.Size) : 0;

    /// <summary>Zeroes the padding of one element.</summary>
    public void Clean(Span<byte> element)
    {
        foreach (PaddingRun run in _runs)
            element.Slice(run.Offset, run.Length).Clear();
    }

    /// <summary>The bytes of one key as the kernel may see them: in place if the type has no padding, else those of a copy whose padding is zero.</summary>
    /// <param name="key">The key.</param>
    /// <param name="room">Where a copy goes: a variable of the caller, because keys have at most 512 bytes.</param>
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

    /// <summary>Copies elements that stand one after another, and zeroes their padding.</summary>
    public void CopyClean(ReadOnlySpan<byte> elements, Span<byte> destination)
    {
        elements.CopyTo(destination);
        if (!HasPadding)
            return;
        for (int at = 0; at < elements.Length; at += layout.Size)
            Clean(destination.Slice(at, layout.Size));
    }
}
