using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfMaps.InMemory;

namespace BpfMaps;

// Queues, stacks and bloom filters.
public sealed partial class InMemoryProgram
{
    /// <summary>Adds an element to a queue or a stack, or a value to a bloom filter (<c>bpf_map_push_elem</c>).</summary>
    /// <typeparam name="T">The type of the element; its size must be the map's value size.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="value">The element.</param>
    /// <param name="flags"><see cref="BpfUpdateFlags.Exist"/> removes the oldest element of a full queue or stack.</param>
    /// <returns><see langword="false"/> if the map is full and nothing was added.</returns>
    /// <inheritdoc cref="TryLookup" path="/exception"/>
    public bool Push<T>(InMemoryMapReference map, in T value, BpfUpdateFlags flags = BpfUpdateFlags.Any)
        where T : unmanaged
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.Push);
        PaddingFormat format = call.ValueFormat<T>();
        using CleanBytes<T> bytes = new(in value, format, stackalloc byte[format.ScratchSize]);
        return call.Updated(call.Map.Update(_caller, key: default, bytes.Bytes, (ulong)flags)) == BpfUpdateResult.Ok;
    }

    /// <summary>Removes the next element of a queue or a stack (<c>bpf_map_pop_elem</c>).</summary>
    /// <typeparam name="T">The type of the element; its size must be the map's value size.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="value">The element; <see langword="default"/> if the map is empty.</param>
    /// <returns><see langword="false"/> if the map is empty.</returns>
    /// <inheritdoc cref="TryLookup" path="/exception"/>
    public bool TryPop<T>(InMemoryMapReference map, out T value)
        where T : unmanaged
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.Pop);
        call.ValueFormat<T>();
        value = default;
        return call.Found(call.Map.LookupAndDelete(_caller, key: default, MemoryMarshal.AsBytes(new Span<T>(ref value)), flags: 0));
    }

    /// <summary>Copies the next element of a queue or a stack without removing it (<c>bpf_map_peek_elem</c>).</summary>
    /// <typeparam name="T">The type of the element; its size must be the map's value size.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="value">The element; <see langword="default"/> if the map is empty.</param>
    /// <returns><see langword="false"/> if the map is empty.</returns>
    /// <inheritdoc cref="TryLookup" path="/exception"/>
    public bool TryPeek<T>(InMemoryMapReference map, out T value)
        where T : unmanaged
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.Peek);
        call.ValueFormat<T>();
        value = default;
        return call.Found(call.Map.Lookup(_caller, key: default, MemoryMarshal.AsBytes(new Span<T>(ref value)), flags: 0));
    }

    /// <summary>Tests whether a bloom filter may contain a value (<c>bpf_map_peek_elem</c>).</summary>
    /// <typeparam name="T">The type of the value; its size must be the map's value size.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="value">The value.</param>
    /// <returns><see langword="false"/> if the value was certainly not added; <see langword="true"/> if it may have been added.</returns>
    /// <inheritdoc cref="TryLookup" path="/exception"/>
    public bool MayContain<T>(InMemoryMapReference map, in T value)
        where T : unmanaged
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.MayContain);
        PaddingFormat format = call.ValueFormat<T>();
        using ScratchBuffer copy = new(stackalloc byte[ScratchBuffer.OnStack(Unsafe.SizeOf<T>())], Unsafe.SizeOf<T>());
        format.CopyClean(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)), copy.Bytes);
        return call.Found(call.Map.Lookup(_caller, key: default, copy.Bytes, flags: 0));
    }
}
