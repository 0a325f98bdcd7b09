using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>A map of a BPF object: what it will be before the load, a real map after it.</summary>
public sealed unsafe class BpfObjectMap
{
    private readonly BpfObject _object;
    private readonly nint _map;

    internal BpfObjectMap(BpfObject bpfObject, nint map, string name)
    {
        _object = bpfObject;
        _map = map;
        Name = name;

        // A ring may name the type of its records as its value. The kernel wants to hear of no size for it, and libbpf passes it on.
        if (Type is BpfMapType.RingBuf or BpfMapType.UserRingBuf && ValueSize != 0)
            _ = Call.Number($"Opening the ring '{name}'", "bpf_map__set_value_size", () => Native.MapSetValueSize(map, 0));
    }

    /// <summary>The map's name.</summary>
    public string Name { get; }

    /// <summary>The type of the map. Can be set before the load, to a type that the programs of the object can use in its place (a hash in place of an LRU hash).</summary>
    /// <exception cref="InvalidOperationException">Set after the load.</exception>
    /// <exception cref="BpfObjectException">libbpf refused.</exception>
    public BpfMapType Type
    {
        get => (BpfMapType)Native.MapType(Alive());
        set => Set(nameof(Type), "bpf_map__set_type", () => Native.MapSetType(_map, (int)value));
    }

    /// <summary>Bytes of a key. Can be set before the load, where the object leaves it open or a program copes with another size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 0.</exception>
    /// <exception cref="InvalidOperationException">Set after the load, or of global data.</exception>
    /// <exception cref="BpfObjectException">libbpf refused.</exception>
    public int KeySize
    {
        get => checked((int)Native.MapKeySize(Alive()));
        set => SetSize(nameof(KeySize), value, "bpf_map__set_key_size", static (map, size) => Native.MapSetKeySize(map, size));
    }

    /// <summary>Bytes of a value. Can be set before the load: the depth of stack traces (8 bytes a frame) is often left to user space.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 0.</exception>
    /// <exception cref="InvalidOperationException">Set after the load, or of global data, whose size is the section's.</exception>
    /// <exception cref="BpfObjectException">libbpf refused.</exception>
    public int ValueSize
    {
        get => checked((int)Native.MapValueSize(Alive()));
        set => SetSize(nameof(ValueSize), value, "bpf_map__set_value_size", static (map, size) => Native.MapSetValueSize(map, size));
    }

    /// <summary>The flags that the map is created with. Can be set before the load.</summary>
    /// <exception cref="InvalidOperationException">Set after the load.</exception>
    /// <exception cref="BpfObjectException">libbpf refused.</exception>
    public BpfMapFlags Flags
    {
        get => (BpfMapFlags)Native.MapFlags(Alive());
        set => Set(nameof(Flags), "bpf_map__set_map_flags", () => Native.MapSetFlags(_map, (uint)value));
    }

    /// <summary>The capacity in elements, bytes for rings. Can be set before the load.</summary>
    /// <exception cref="InvalidOperationException">Set after the load.</exception>
    public uint MaxEntries
    {
        get => Native.MapMaxEntries(Alive());
        set => Set(nameof(MaxEntries), "bpf_map__set_max_entries", () => Native.MapSetMaxEntries(_map, value));
    }

    /// <summary>
    /// Where the load pins the map, or finds it: a map that is pinned there already is used instead of a new one, given the same shape.
    /// <see langword="null"/> for no pin. Can be set before the load.
    /// </summary>
    /// <exception cref="InvalidOperationException">Set after the load.</exception>
    public string? PinPath
    {
        get
        {
            byte* path = Native.MapPinPath(Alive());
            return path is null ? null : Call.Text(path);
        }
        set => Set(nameof(PinPath), "bpf_map__set_pin_path", () => Native.MapSetPinPath(_map, value));
    }

    /// <summary>
    /// Before the load, the bytes that a map of global data begins with, to read and to write: constants (<c>.rodata</c>) can be set only here.
    /// Empty for maps that are not global data.
    /// </summary>
    /// <exception cref="InvalidOperationException">The object is loaded.</exception>
    public Span<byte> InitialValue
    {
        get
        {
            _object.CheckNotLoaded($"The initial value of map '{Name}'");
            nuint size;
            byte* data = Native.MapInitialValue(_map, &size);
            return data is null ? default : new Span<byte>(data, checked((int)size));
        }
    }

    /// <summary>Uses an existing map in place of a new one. Before the load; the map stays the caller's.</summary>
    /// <param name="map">A map of the kernel, of the same shape.</param>
    /// <exception cref="InvalidOperationException">The object is loaded.</exception>
    /// <exception cref="BpfObjectException">libbpf refused.</exception>
    public void Reuse(RawMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        bool held = false;
        try
        {
            map.Handle.DangerousAddRef(ref held);
            int descriptor = (int)map.Handle.DangerousGetHandle();
            Set(nameof(Reuse), "bpf_map__reuse_fd", () => Native.MapReuseDescriptor(_map, descriptor));
        }
        finally
        {
            if (held)
                map.Handle.DangerousRelease();
        }
    }

    /// <summary>Opens the map for use. After the load; the result is the caller's and lives on its own.</summary>
    /// <exception cref="InvalidOperationException">The object is not loaded yet.</exception>
    public RawMap Open()
    {
        _object.CheckLoaded($"Map '{Name}'");
        return RawMap.FromFileDescriptor(Native.MapDescriptor(_map));
    }

    private nint Alive()
    {
        _ = _object.Pointer();
        return _map;
    }

    private void SetSize(string property, int size, string command, Func<nint, uint, int> function)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        _object.CheckNotLoaded($"{property} of map '{Name}'");
        if (!InitialValue.IsEmpty)
            throw new InvalidOperationException($"{property} of map '{Name}' cannot be set: the map is global data of the BPF object '{_object.Name}', and as large as its section.");
        Set(property, command, () => function(_map, (uint)size));
    }

    private void Set(string property, string command, Func<int> function)
    {
        _object.CheckNotLoaded($"{property} of map '{Name}'");
        _ = Call.Number($"Setting {property} of map '{Name}'", command, function);
    }
}
