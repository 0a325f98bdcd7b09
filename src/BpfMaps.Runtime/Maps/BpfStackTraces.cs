using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>What stack trace maps have in common: <c>bpf_get_stackid</c> puts stacks in and tells programs their ids; a process reads and removes them.</summary>
/// <typeparam name="TFrame">What a frame is.</typeparam>
/// <remarks>
/// An id is a stack's place in a hash table of <see cref="BpfMapInfo.MaxEntries"/> places. Stacks that are equal have one id. One that meets another in its place is not recorded
/// (the helper answers -EEXIST, a negative number) or takes its place (with BPF_F_REUSE_STACKID): read and remove stacks soon.
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
            throw new ArgumentException($"Map {raw} has value_size {raw.ValueSize}, which is no multiple of a frame's {Unsafe.SizeOf<TFrame>()} bytes.", nameof(raw));
        MaxDepth = raw.ValueSize / Unsafe.SizeOf<TFrame>();
    }

    /// <summary>How many frames of a stack are kept at most: those that were called last.</summary>
    public int MaxDepth { get; }

    /// <summary>The ids of the stacks that are there, ascending.</summary>
    public BpfKeyCollection<int> Ids => new(Raw);

    /// <summary>Copies a stack out of the map (BPF_MAP_LOOKUP_ELEM, Linux 4.6).</summary>
    /// <param name="id">The id, as <c>bpf_get_stackid</c> gave it. A negative one, an error of the helper's, is a miss.</param>
    /// <param name="frames">Receives the frames, that which was called last first; as many as it has room for. <see cref="MaxDepth"/> are enough for any stack.</param>
    /// <param name="depth">How many frames the stack has, also if there was no room for all of them; 0 on a miss.</param>
    /// <returns><see langword="false"/> if the map has no stack with this id.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
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

    /// <summary>Copies a stack out of the map into a new array (BPF_MAP_LOOKUP_ELEM, Linux 4.6).</summary>
    /// <param name="id">The id, as <c>bpf_get_stackid</c> gave it. A negative one, an error of the helper's, is a miss.</param>
    /// <param name="frames">The frames, that which was called last first; <see langword="null"/> on a miss.</param>
    /// <returns><see langword="false"/> if the map has no stack with this id.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
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
    /// <exception cref="BpfException">The kernel refused.</exception>
    public bool Remove(int id)
    {
        // Past the last place, where negative numbers are too, there is nothing, and the kernel says so with another number.
        return IsPlace(id) && Raw.Delete(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in id)));
    }

    /// <summary>Removes all stacks, one after another: the kernel has no batch for it. Stacks that are added meanwhile may stay.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Clear()
    {
        using BpfBatchCursor cursor = TypedCursor.Over(Raw, BpfBatchMode.KeysOnly);
        while (cursor.MoveNext())
            BatchWriter.Delete(Raw, cursor.Keys);
    }

    /// <summary>Counts the stacks by walking over all of them.</summary>
    /// <returns>How many there were; while programs add others, a number near it.</returns>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public int Count()
    {
        int count = 0;
        foreach (int _ in Ids)
            count++;
        return count;
    }

    /// <summary>Whether what stands at a place of a stack is a frame; the kernel fills what is behind the last one with zeroes.</summary>
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

    /// <summary>The kernel rounds the number of places up to a power of two.</summary>
    private bool IsPlace(int id) => (uint)id < System.Numerics.BitOperations.RoundUpToPowerOf2(Raw.MaxEntries);
}
