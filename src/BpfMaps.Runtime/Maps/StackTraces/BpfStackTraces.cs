using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>
/// Base class of stack trace maps. Programs add stacks with <c>bpf_get_stackid</c>, which returns their ids; user space reads and removes
/// them.
/// </summary>
/// <typeparam name="TFrame">The type of a frame.</typeparam>
/// <remarks>
/// An id is the index of a stack in a hash table of <see cref="BpfMapInfo.MaxEntries"/> entries. Equal stacks have the same id. If another
/// stack has the index, a stack is not recorded (the helper returns -EEXIST) or replaces it (with BPF_F_REUSE_STACKID), so read and remove
/// stacks soon.
/// </remarks>
[SkipLocalsInit]
public abstract class BpfStackTraces<TFrame> : BpfMap
    where TFrame : unmanaged
{
    private protected override ReadOnlySpan<BpfMapType> Kinds => [BpfMapType.StackTrace];

    private protected BpfStackTraces(RawMap raw, BpfMapSchema schema)
        : base(raw, schema)
    {
        CheckSize<uint>(schema.Key, raw.KeySize, "key");
        if (raw.ValueSize % Unsafe.SizeOf<TFrame>() != 0)
            throw new ArgumentException(
                $"Map {raw} has value_size {raw.ValueSize}, which is not a multiple of the frame size {Unsafe.SizeOf<TFrame>()}.",
                nameof(raw)
            );
        MaxDepth = raw.ValueSize / Unsafe.SizeOf<TFrame>();
    }

    /// <summary>Gets the maximum number of frames per stack; the innermost are recorded.</summary>
    public int MaxDepth { get; }

    /// <summary>Gets the ids of the recorded stacks in ascending order.</summary>
    public BpfKeyCollection<int> Ids => new(Raw);

    /// <summary>Copies a stack (BPF_MAP_LOOKUP_ELEM, Linux 4.6).</summary>
    /// <param name="id">The id that <c>bpf_get_stackid</c> returned. A negative one, an error of the helper, has no stack.</param>
    /// <param name="frames">Receives the frames, innermost first, as many as fit. <see cref="MaxDepth"/> is enough for any stack.</param>
    /// <param name="depth">
    /// The number of frames of the stack, which may exceed the length of <paramref name="frames"/>; 0 if there is no stack.
    /// </param>
    /// <returns><see langword="false"/> if the map has no stack with this id.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetStack(int id, Span<TFrame> frames, out int depth)
    {
        using ScratchBuffer stack = new(stackalloc byte[ScratchBuffer.OnStack(Raw.ValueSize)], Raw.ValueSize);
        if (!TryRead(id, stack.Bytes, out ReadOnlySpan<TFrame> found))
        {
            depth = 0;
            return false;
        }
        found[..Math.Min(found.Length, frames.Length)].CopyTo(frames);
        depth = found.Length;
        return true;
    }

    /// <summary>Copies a stack to a new array (BPF_MAP_LOOKUP_ELEM, Linux 4.6).</summary>
    /// <param name="id">The id that <c>bpf_get_stackid</c> returned. A negative one, an error of the helper, has no stack.</param>
    /// <param name="frames">The frames, innermost first; <see langword="null"/> if there is no stack.</param>
    /// <returns><see langword="false"/> if the map has no stack with this id.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool TryGetStack(int id, [NotNullWhen(true)] out TFrame[]? frames)
    {
        using ScratchBuffer stack = new(stackalloc byte[ScratchBuffer.OnStack(Raw.ValueSize)], Raw.ValueSize);
        bool isThere = TryRead(id, stack.Bytes, out ReadOnlySpan<TFrame> found);
        frames = isThere ? found.ToArray() : null;
        return isThere;
    }

    /// <summary>Removes a stack (BPF_MAP_DELETE_ELEM, Linux 4.6).</summary>
    /// <param name="id">The id.</param>
    /// <returns><see langword="false"/> if the map has no stack with this id.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public bool Remove(int id)
    {
        // For ids out of range, including negative ones, the kernel returns another error number.
        return IsPlace(id) && Raw.Delete(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in id)));
    }

    /// <summary>
    /// Removes all stacks, one by one because the kernel has no batch operation for it. Stacks that are added during the call may remain.
    /// </summary>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public void Clear()
    {
        using BpfBatchCursor cursor = TypedCursor.Over(Raw, BpfBatchMode.KeysOnly);
        while (cursor.MoveNext())
            BatchWriter.Delete(Raw, cursor.Keys);
    }

    /// <summary>Counts the stacks by enumerating them.</summary>
    /// <returns>The number of stacks, approximate if programs add stacks during the call.</returns>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public int Count()
    {
        int count = 0;
        foreach (int _ in Ids)
            count++;
        return count;
    }

    /// <summary>Returns whether an entry of a stack is a frame. The kernel fills the entries after the last frame with zeros.</summary>
    private protected abstract bool IsFrame(in TFrame frame);

    private bool TryRead(int id, Span<byte> bytes, out ReadOnlySpan<TFrame> frames)
    {
        frames = default;
        if (id < 0 || !Raw.TryLookup(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in id)), bytes))
            return false;
        ReadOnlySpan<TFrame> all = MemoryMarshal.Cast<byte, TFrame>(bytes);
        int depth = all.Length;
        while (depth > 0 && !IsFrame(in all[depth - 1]))
            depth--;
        frames = all[..depth];
        return true;
    }

    /// <summary>The number of entries, which the kernel rounds up to a power of two.</summary>
    private bool IsPlace(int id) => (uint)id < System.Numerics.BitOperations.RoundUpToPowerOf2(Raw.MaxEntries);
}
