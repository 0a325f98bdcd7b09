using System.Runtime.InteropServices;
using BpfMaps.InMemory;

namespace BpfMaps;

/// <summary>
/// The kernel's side of the maps of an <see cref="InMemoryBpfHost"/>: performs the map operations of a BPF program that runs on a given
/// CPU.
/// </summary>
/// <remarks>
/// <para>The methods correspond to the kernel's helper functions. They find maps by name, as programs do. A freeze, the access modes of
/// descriptors and faults do not affect them. Operations that the verifier rejects throw <see cref="InvalidOperationException"/>.</para>
/// <para>In per-CPU maps, a program sees only the value of its own CPU. If the map was created with BTF types, padding in keys and values
/// is zeroed, as typed maps do; otherwise every byte counts.</para>
/// <para>Instances are thread-safe.</para>
/// </remarks>
public sealed partial class InMemoryProgram
{
    private readonly HostTables _tables;
    private readonly Caller _caller;

    internal InMemoryProgram(HostTables tables, int cpu, int slot)
    {
        _tables = tables;
        _caller = new Caller(slot, IsProgram: true);
        Cpu = cpu;
    }

    /// <summary>Gets the CPU that the program runs on.</summary>
    public int Cpu { get; }

    /// <summary>
    /// Copies the value of a key (<c>bpf_map_lookup_elem</c>): for per-CPU types, this CPU's value; for tries, the value of the longest
    /// matching prefix.
    /// </summary>
    /// <typeparam name="TKey">The type of the key; its size must be the map's key size.</typeparam>
    /// <typeparam name="TValue">The type of the value; its size must be the map's value size.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; <see langword="default"/> on a miss.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="ArgumentException">No map or more than one map has this name, or the size of a type differs from the
    /// map's.</exception>
    /// <exception cref="InvalidOperationException">The verifier rejects such a program.</exception>
    public bool TryLookup<TKey, TValue>(InMemoryMapReference map, in TKey key, out TValue value)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.Lookup);
        PaddingFormat format = call.KeyFormat<TKey>();
        call.ValueFormat<TValue>();
        using CleanBytes<TKey> bytes = new(in key, format, stackalloc byte[format.ScratchSize]);
        TValue found = default; // The key and the value may be the same variable.
        bool isThere = call.Found(call.Map.Lookup(_caller, bytes.Bytes, MemoryMarshal.AsBytes(new Span<TValue>(ref found)), flags: 0));
        value = found;
        return isThere;
    }

    /// <summary>Finds the inner map of a key in a map of maps (<c>bpf_map_lookup_elem</c>).</summary>
    /// <typeparam name="TKey">The type of the key; its size must be the map's key size.</typeparam>
    /// <param name="map">The map of maps.</param>
    /// <param name="key">The key.</param>
    /// <param name="inner">The inner map, which the other methods accept. It may be removed as soon as the map of maps no longer holds
    /// it.</param>
    /// <returns><see langword="false"/> if there is no inner map for this key.</returns>
    /// <inheritdoc cref="TryLookup" path="/exception"/>
    public bool TryLookupMap<TKey>(InMemoryMapReference map, in TKey key, out InMemoryMapReference inner)
        where TKey : unmanaged
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.LookupMap);
        PaddingFormat format = call.KeyFormat<TKey>();
        using CleanBytes<TKey> bytes = new(in key, format, stackalloc byte[format.ScratchSize]);
        uint id = 0;
        inner = default;
        if (
            !call.Found(call.Map.Lookup(_caller, bytes.Bytes, MemoryMarshal.AsBytes(new Span<uint>(ref id)), flags: 0))
            || _tables.Maps.Hold(id) is not { } found
        )
            return false;
        inner = new InMemoryMapReference(found);
        found.Release();
        return true;
    }

    /// <summary>Changes the value of a key in place (<c>bpf_map_lookup_elem</c> and a write through the returned pointer).</summary>
    /// <remarks>
    /// The change is atomic, as under a spin lock, except for views of mapped memory. <paramref name="change"/> must only change the value:
    /// it must not block or use maps. Nothing is added: to count, a program calls <see cref="Update"/> when this method returns
    /// <see langword="false"/>.
    /// </remarks>
    /// <typeparam name="TKey">The type of the key; its size must be the map's key size.</typeparam>
    /// <typeparam name="TValue">The type of the value; its size must be the map's value size.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="key">The key.</param>
    /// <param name="change">Changes the value; for per-CPU types, this CPU's value.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <inheritdoc cref="TryLookup" path="/exception"/>
    public bool Modify<TKey, TValue>(InMemoryMapReference map, in TKey key, InMemoryModification<TValue> change)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        ArgumentNullException.ThrowIfNull(change);
        using ProgramCall call = new(_tables, map, ProgramHelper.Modify);
        PaddingFormat format = call.KeyFormat<TKey>();
        call.ValueFormat<TValue>();
        using CleanBytes<TKey> bytes = new(in key, format, stackalloc byte[format.ScratchSize]);
        return call.Found(call.Map.Modify(_caller, bytes.Bytes, change));
    }

    /// <summary>
    /// Adds or replaces the value of a key (<c>bpf_map_update_elem</c>); for per-CPU types, this CPU's value. The other CPUs' values of a
    /// new key start at zero.
    /// </summary>
    /// <typeparam name="TKey">The type of the key; its size must be the map's key size.</typeparam>
    /// <typeparam name="TValue">The type of the value; its size must be the map's value size.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="flags">Whether to add the key, replace its value, or either.</param>
    /// <returns>The result of the update.</returns>
    /// <inheritdoc cref="TryLookup" path="/exception"/>
    public BpfUpdateResult Update<TKey, TValue>(
        InMemoryMapReference map,
        in TKey key,
        in TValue value,
        BpfUpdateFlags flags = BpfUpdateFlags.Any
    )
        where TKey : unmanaged
        where TValue : unmanaged
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.Update);
        PaddingFormat format = call.KeyFormat<TKey>(),
            valueFormat = call.ValueFormat<TValue>();
        using CleanBytes<TKey> bytes = new(in key, format, stackalloc byte[format.ScratchSize]);
        using CleanBytes<TValue> valueBytes = new(in value, valueFormat, stackalloc byte[valueFormat.ScratchSize]);
        return call.Updated(call.Map.Update(_caller, bytes.Bytes, valueBytes.Bytes, (ulong)flags));
    }

    /// <summary>Removes a key (<c>bpf_map_delete_elem</c>).</summary>
    /// <typeparam name="TKey">The type of the key; its size must be the map's key size.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="key">The key; for a trie, the exact prefix.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="ArgumentException">No map or more than one map has this name, or the size of the type differs from the
    /// map's.</exception>
    /// <exception cref="InvalidOperationException">The verifier rejects such a program, or the kernel rejects the removal: elements of
    /// arrays cannot be removed (EINVAL).</exception>
    public bool Delete<TKey>(InMemoryMapReference map, in TKey key)
        where TKey : unmanaged
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.Delete);
        PaddingFormat format = call.KeyFormat<TKey>();
        using CleanBytes<TKey> bytes = new(in key, format, stackalloc byte[format.ScratchSize]);
        return call.Found(call.Map.Delete(_caller, bytes.Bytes));
    }
}
