using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>A map of a BPF object: its definition before the load, and the kernel map after it.</summary>
public sealed unsafe partial class BpfObjectMap
{
    private readonly BpfObject _object;
    private readonly nint _map;

    internal BpfObjectMap(BpfObject bpfObject, nint map, string name)
    {
        _object = bpfObject;
        _map = map;
        Name = name;

        // A ring may declare the type of its records as its value. The kernel accepts only a value size of 0 for rings, but libbpf passes
        // the size on.
        if (Type.IsRing() && ValueSize != 0)
            _ = Call.Number($"Opening the ring '{name}'", "bpf_map__set_value_size", () => Native.MapSetValueSize(map, 0));
    }

    /// <summary>Gets the name of the map.</summary>
    public string Name { get; }

    /// <summary>
    /// Gets or sets the type of the map. It can be set only before the load, to a type that the programs of the object accept.
    /// </summary>
    /// <exception cref="InvalidOperationException">The property is set after the load.</exception>
    /// <exception cref="BpfObjectException">libbpf rejects the type.</exception>
    public BpfMapType Type
    {
        get => (BpfMapType)Native.MapType(Alive());
        set => Set(nameof(Type), "bpf_map__set_type", () => Native.MapSetType(_map, (int)value));
    }

    /// <summary>Gets or sets the size of a key in bytes. It can be set only before the load.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    /// <exception cref="InvalidOperationException">The property is set after the load, or the map holds global variables.</exception>
    /// <exception cref="BpfObjectException">libbpf rejects the size.</exception>
    public int KeySize
    {
        get => checked((int)Native.MapKeySize(Alive()));
        set
        {
            CheckSize(nameof(KeySize), value);
            if (!InitialValue.IsEmpty)
                throw new InvalidOperationException(
                    $"KeySize of map '{Name}' cannot be set: the map is global data of the BPF object '{_object.Name}'."
                );
            Set(nameof(KeySize), "bpf_map__set_key_size", () => Native.MapSetKeySize(_map, (uint)value));
        }
    }

    /// <summary>
    /// Gets or sets the size of a value in bytes. It can be set only before the load. Objects often leave the depth of stack traces (8
    /// bytes a frame) to user space.
    /// </summary>
    /// <remarks>
    /// The size of a section of global variables (<c>.bss</c>, <c>.rodata</c>, <c>.data.x</c>) sets the number of elements of its last
    /// variable, which must be an array (libbpf 1.3). New elements are 0. Spans of <see cref="InitialValue"/> from before are invalid.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    /// <exception cref="ArgumentException">
    /// The map is a section whose last variable is not an array, or the size is not that of a whole number of its elements.
    /// </exception>
    /// <exception cref="InvalidOperationException">The property is set after the load.</exception>
    /// <exception cref="BpfNotSupportedException">The map is a section, and libbpf is older than 1.3.</exception>
    /// <exception cref="BpfObjectException">libbpf rejects the size.</exception>
    public int ValueSize
    {
        get => checked((int)Native.MapValueSize(Alive()));
        set
        {
            CheckSize(nameof(ValueSize), value);
            if (!InitialValue.IsEmpty && value != ValueSize)
                SectionResize.Check(_object, this, value);
            Set(nameof(ValueSize), "bpf_map__set_value_size", () => Native.MapSetValueSize(_map, (uint)value));
        }
    }

    /// <summary>Gets or sets the flags that the map is created with. They can be set only before the load.</summary>
    /// <exception cref="InvalidOperationException">The property is set after the load.</exception>
    /// <exception cref="BpfObjectException">libbpf rejects the flags.</exception>
    public BpfMapFlags Flags
    {
        get => (BpfMapFlags)Native.MapFlags(Alive());
        set => Set(nameof(Flags), "bpf_map__set_map_flags", () => Native.MapSetFlags(_map, (uint)value));
    }

    /// <summary>Gets or sets the capacity in elements; for rings, in bytes. It can be set only before the load.</summary>
    /// <exception cref="InvalidOperationException">The property is set after the load.</exception>
    public uint MaxEntries
    {
        get => Native.MapMaxEntries(Alive());
        set => Set(nameof(MaxEntries), "bpf_map__set_max_entries", () => Native.MapSetMaxEntries(_map, value));
    }

    /// <summary>
    /// Gets or sets the path where the load pins the map, or <see langword="null"/> for no pin. If a map is already pinned there, it is
    /// used instead of a new map; a map of another shape fails the load (<see cref="BpfObject.Load"/>). It can be set only before the load.
    /// </summary>
    /// <exception cref="InvalidOperationException">The property is set after the load.</exception>
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
    /// Gets or sets the NUMA node whose memory the map uses; <see langword="null"/> for any. It can be set only before the load
    /// (BPF_F_NUMA_NODE, Linux 4.14).
    /// </summary>
    /// <exception cref="InvalidOperationException">The property is set after the load.</exception>
    public int? NumaNode
    {
        get => (Flags & BpfMapFlags.NumaNode) != 0 ? (int)Native.MapNumaNode(Alive()) : null;
        set
        {
            if (value is { } node)
                ArgumentOutOfRangeException.ThrowIfNegative(node);
            Set(nameof(NumaNode), "bpf_map__set_numa_node", () => Native.MapSetNumaNode(_map, (uint)value.GetValueOrDefault()));
            Flags = value is null ? Flags & ~BpfMapFlags.NumaNode : Flags | BpfMapFlags.NumaNode;
        }
    }

    /// <summary>
    /// Gets or sets whether the load creates the map. Set it to <see langword="false"/> for a map that this kernel does not support;
    /// programs that use the map then fail to load, unless their <see cref="BpfObjectProgram.AutoLoad"/> is <see langword="false"/> or the
    /// verifier sees that they never use it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The property is set after the load.</exception>
    public bool AutoCreate
    {
        get => Native.MapAutoCreate(Alive());
        set => Set(nameof(AutoCreate), "bpf_map__set_autocreate", () => Native.MapSetAutoCreate(_map, value));
    }

    /// <summary>
    /// Sets the template of the inner maps of a map of maps: type, sizes, flags and, for arrays, the capacity. It can be called only before
    /// the load. The caller keeps ownership of the template and keeps it open until the load.
    /// </summary>
    /// <param name="template">A map such as those that will be stored.</param>
    /// <exception cref="InvalidOperationException">The object is already loaded.</exception>
    /// <exception cref="BpfObjectException">
    /// The map is not a map of maps, or its definition has a template already (EINVAL).
    /// </exception>
    public void SetInnerMap(RawMap template)
    {
        ArgumentNullException.ThrowIfNull(template);
        using HeldDescriptor held = new(template.Handle);
        ObjectDisposedException.ThrowIf(held.IsDisposed, template);
        int descriptor = held.Descriptor;
        Set("the inner map", "bpf_map__set_inner_map_fd", () => Native.MapSetInnerMap(_map, descriptor));
    }

    /// <summary>
    /// Gets the initial bytes of a map of global data, for reading and writing before the load. Constants (<c>.rodata</c>) can be set only
    /// here. Empty for other maps.
    /// </summary>
    /// <exception cref="InvalidOperationException">The object is already loaded.</exception>
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

    /// <summary>Uses an existing map instead of creating one. Call it before the load. The caller keeps ownership of the map.</summary>
    /// <param name="map">A kernel map with the same shape.</param>
    /// <exception cref="InvalidOperationException">The object is already loaded.</exception>
    /// <exception cref="BpfObjectException">libbpf rejected the map.</exception>
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

    /// <summary>Opens the map after the load. The caller owns the result, which is independent of the object.</summary>
    /// <remarks>An arena that libbpf has mapped (libbpf 1.5) keeps the object open, so that its memory stays mapped.</remarks>
    /// <exception cref="InvalidOperationException">The object is not loaded yet, or <see cref="AutoCreate"/> was
    /// <see langword="false"/>.</exception>
    public RawMap Open()
    {
        _object.CheckLoaded($"Map '{Name}'");
        int descriptor = Native.MapDescriptor(_map);
        // libbpf 1.4 and later give a map that was not created the descriptor of another file.
        if (descriptor < 0 || (!AutoCreate && !DescriptorKinds.IsMap(ProcFs.DescriptorKind(descriptor))))
            throw new InvalidOperationException($"Map '{Name}' was not created because its AutoCreate is false.");
        RawMap map = RawMap.FromFileDescriptor(descriptor);
        map.PinPath = Native.MapIsPinned(_map) ? PinPath : null;
        if (map.Type == BpfMapType.Arena && _object.FindArenaMapping(_map) is { } memory)
            map.UseArenaMemory(memory);
        return map;
    }

    /// <summary>The <c>map_extra</c> of the definition.</summary>
    internal ulong MapExtra => Native.MapExtra(Alive());

    private nint Alive()
    {
        _ = _object.Pointer();
        return _map;
    }

    private void CheckSize(string property, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size, property);
        _object.CheckNotLoaded($"{property} of map '{Name}'");
    }

    private void Set(string property, string command, Func<int> function)
    {
        _object.CheckNotLoaded($"{property} of map '{Name}'");
        _ = Call.Number($"Setting {property} of map '{Name}'", command, function);
    }
}
