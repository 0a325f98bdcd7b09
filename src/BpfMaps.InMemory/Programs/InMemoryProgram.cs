using System.Runtime.InteropServices;
using BpfMaps.InMemory;

namespace BpfMaps;

/// <summary>The kernel's side of the maps of an <see cref="InMemoryBpfHost"/>: does what a BPF program does that runs on a certain CPU.</summary>
/// <remarks>
/// <para>The methods are the kernel's functions for programs. They find maps by name, as programs do; a freeze and the access modes of descriptors
/// do not concern them, and faults do not either. What the verifier would not let a program do is an <see cref="InvalidOperationException"/>.</para>
/// <para>Of per-CPU maps a program sees the value of its own CPU. Keys and values whose type has padding are passed with the padding zeroed where
/// the map was created with its types, as typed maps do; otherwise every byte counts.</para>
/// <para>May be used from any thread.</para>
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

    /// <summary>The CPU that the program runs on.</summary>
    public int Cpu { get; }

    /// <summary>Copies the value of a key (<c>bpf_map_lookup_elem</c>): of per-CPU kinds this CPU's, of a trie that of the longest prefix.</summary>
    /// <typeparam name="TKey">The key, as many bytes as the map's keys have.</typeparam>
    /// <typeparam name="TValue">The value, as many bytes as the map's values have.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; <see langword="default"/> on a miss.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="ArgumentException">No map has this name or several have, or a type has another size than the map says.</exception>
    /// <exception cref="InvalidOperationException">The verifier would refuse such a program.</exception>
    public bool TryLookup<TKey, TValue>(InMemoryMapReference map, in TKey key, out TValue value)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.Lookup);
        PaddingFormat format = call.KeyFormat<TKey>();
        call.ValueFormat<TValue>();
        using CleanBytes<TKey> bytes = new(in key, format, stackalloc byte[format.ScratchSize]);
        TValue found = default; // Key and value may be one variable.
        bool isThere = call.Found(call.Map.Lookup(_caller, bytes.Bytes, MemoryMarshal.AsBytes(new Span<TValue>(ref found)), flags: 0));
        value = found;
        return isThere;
    }

    /// <summary>Finds the map that a map of maps has for a key (<c>bpf_map_lookup_elem</c>).</summary>
    /// <typeparam name="TKey">The key, as many bytes as the map's keys have.</typeparam>
    /// <param name="map">The map of maps.</param>
    /// <param name="key">The key.</param>
    /// <param name="inner">The map, to be given to the other methods. It may be gone as soon as the map of maps no longer holds it.</param>
    /// <returns><see langword="false"/> if there is none for this key.</returns>
    /// <inheritdoc cref="TryLookup" path="/exception"/>
    public bool TryLookupMap<TKey>(InMemoryMapReference map, in TKey key, out InMemoryMapReference inner)
        where TKey : unmanaged
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.LookupMap);
        PaddingFormat format = call.KeyFormat<TKey>();
        using CleanBytes<TKey> bytes = new(in key, format, stackalloc byte[format.ScratchSize]);
        uint id = 0;
        inner = default;
        if (!call.Found(call.Map.Lookup(_caller, bytes.Bytes, MemoryMarshal.AsBytes(new Span<uint>(ref id)), flags: 0)) || _tables.Maps.Hold(id) is not { } found)
            return false;
        inner = new InMemoryMapReference(found);
        found.Release();
        return true;
    }

    /// <summary>Changes the value of a key where it stands (<c>bpf_map_lookup_elem</c>, and writing through the pointer it gives).</summary>
    /// <remarks>
    /// The change is one step for everybody else, as under a spin lock, except for views of mapped memory. It changes the value and does nothing
    /// else: it neither waits nor uses maps. Nothing is added: a program that counts updates the key when this returns <see langword="false"/>.
    /// </remarks>
    /// <typeparam name="TKey">The key, as many bytes as the map's keys have.</typeparam>
    /// <typeparam name="TValue">The value, as many bytes as the map's values have.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="key">The key.</param>
    /// <param name="change">Changes the value; of per-CPU kinds this CPU's.</param>
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

    /// <summary>Adds or replaces the value of a key (<c>bpf_map_update_elem</c>): of per-CPU kinds this CPU's; the others of a new key begin with zeroes.</summary>
    /// <typeparam name="TKey">The key, as many bytes as the map's keys have.</typeparam>
    /// <typeparam name="TValue">The value, as many bytes as the map's values have.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="flags">Whether to add, to replace or either.</param>
    /// <returns>What became of it.</returns>
    /// <inheritdoc cref="TryLookup" path="/exception"/>
    public BpfUpdateResult Update<TKey, TValue>(InMemoryMapReference map, in TKey key, in TValue value, BpfUpdateFlags flags = BpfUpdateFlags.Any)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.Update);
        PaddingFormat format = call.KeyFormat<TKey>(), valueFormat = call.ValueFormat<TValue>();
        using CleanBytes<TKey> bytes = new(in key, format, stackalloc byte[format.ScratchSize]);
        using CleanBytes<TValue> valueBytes = new(in value, valueFormat, stackalloc byte[valueFormat.ScratchSize]);
        return call.Updated(call.Map.Update(_caller, bytes.Bytes, valueBytes.Bytes, (ulong)flags));
    }

    /// <summary>Removes a key (<c>bpf_map_delete_elem</c>).</summary>
    /// <typeparam name="TKey">The key, as many bytes as the map's keys have.</typeparam>
    /// <param name="map">The map.</param>
    /// <param name="key">The key; for a trie exactly the prefix.</param>
    /// <returns><see langword="false"/> if the map has no such key.</returns>
    /// <exception cref="ArgumentException">No map has this name or several have, or the type has another size than the map says.</exception>
    /// <exception cref="InvalidOperationException">The verifier would refuse such a program, or the kernel the removal: arrays keep their elements (EINVAL).</exception>
    public bool Delete<TKey>(InMemoryMapReference map, in TKey key)
        where TKey : unmanaged
    {
        using ProgramCall call = new(_tables, map, ProgramHelper.Delete);
        PaddingFormat format = call.KeyFormat<TKey>();
        using CleanBytes<TKey> bytes = new(in key, format, stackalloc byte[format.ScratchSize]);
        return call.Found(call.Map.Delete(_caller, bytes.Bytes));
    }
}
