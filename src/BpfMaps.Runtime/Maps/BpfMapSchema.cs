namespace BpfMaps.Metadata;

/// <summary>What a typed map is declared to be: generated code makes one from a <see cref="BpfMapAttribute"/>.</summary>
/// <remarks>
/// It creates maps, and it opens maps and compares them with the declaration. Every method returns a map that the caller owns, and closes what it
/// opened when it throws.
/// </remarks>
public sealed class BpfMapSchema
{
    /// <summary>Others may pin and unpin at the same path meanwhile. A path that exists and cannot be opened for so long is something else, such as a dangling link.</summary>
    private const int MostAttempts = 100;

    /// <summary>The kind of the map.</summary>
    public required BpfMapType Type { get; init; }

    /// <summary>The map's name, which may be its full name in an object. A created map gets the first 15 characters. Opening does not compare it.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The capacity in elements, the size in bytes for rings (rounded up to a power of two of pages, as libbpf does) and in pages for arenas;
    /// <see langword="null"/> where <see cref="Create"/> is told it and opening does not check it.
    /// A perf event array or a CPU map that declares none gets a slot per possible CPU. Storages have no capacity.
    /// </summary>
    public uint? MaxEntries { get; init; }

    /// <summary>Flags for creation; those that decide what can be done with the map are checked on opening.</summary>
    public BpfMapFlags Flags { get; init; }

    /// <summary>
    /// What <c>map_extra</c> means for the kind (Linux 5.16): a bloom filter's number of hash functions, 1 to 15, an arena's address. <see langword="null"/>:
    /// <see cref="Create"/> leaves it to the kernel, which gives a bloom filter 5, and opening takes any.
    /// </summary>
    public ulong? MapExtra { get; init; }

    /// <summary>
    /// The layout of the key; <see langword="null"/> for the kinds without one, and for local storages, whose keys are descriptors.
    /// For tries that of <see cref="LpmKey{TPrefix}"/>.
    /// </summary>
    public BpfTypeLayout? Key { get; init; }

    /// <summary>
    /// The layout of the value; for per-CPU kinds of one CPU's value; for rings and perf event arrays of a record. <see langword="null"/> for the kinds
    /// that hold something of the kernel's (maps, programs, devices, sockets, stacks, an arena's pages).
    /// </summary>
    public BpfTypeLayout? Value { get; init; }

    /// <summary>
    /// For the kinds that have no <see cref="Value"/> and leave a choice, the kernel's <c>value_size</c>: 4 or 8 for devices, CPUs and sockets, the bytes of the
    /// deepest stack for stack traces. <see langword="null"/>: <see cref="Create"/> takes the largest, and opening takes any.
    /// </summary>
    public int? ValueSize { get; init; }

    /// <summary>For maps of maps, what the inner maps are declared to be. <see cref="Create"/> makes the kernel's template of it; opening an inner map compares it.</summary>
    public BpfMapSchema? Inner { get; init; }

    /// <summary>Makes what the map exports as metrics; <see langword="null"/> if it declares none. Nothing of it is made before a metrics registry asks for it.</summary>
    public Func<BpfMetricsSchema>? Metrics { get; init; }

    /// <summary>The kernel's <c>key_size</c> for this declaration. CPUs' numbers and descriptors, which are keys too, no declaration has to say.</summary>
    internal int KernelKeySize => Type == BpfMapType.PerfEventArray || Type.IsLocalStorage() ? sizeof(uint) : Key?.Size ?? 0;

    /// <summary>The kernel's <c>value_size</c> for this declaration: rings have none, and a perf event array holds descriptors.</summary>
    internal int KernelValueSize => Type switch
    {
        BpfMapType.PerfEventArray => sizeof(uint),
        BpfMapType.RingBuf or BpfMapType.UserRingBuf => 0,
        _ => Value?.Size ?? ValueSize ?? HeldValues.UsualSize(Type, Flags) ?? 0,
    };

    /// <summary>Creates the map and tells the kernel the types of key and value, so that tools show its fields (BPF_MAP_CREATE, Linux 3.18; BPF_BTF_LOAD, Linux 4.18).</summary>
    /// <param name="maxEntries">The capacity in elements; <see langword="null"/> for the declared one.</param>
    /// <param name="host">Who creates it; default <see cref="BpfHost.Kernel"/>.</param>
    /// <returns>The map.</returns>
    /// <exception cref="ArgumentNullException">No capacity is declared and none was given.</exception>
    /// <exception cref="InvalidOperationException">The inner maps are arrays, which all have one length, and it is not declared.</exception>
    /// <exception cref="BpfException">The kernel refused; the message says which of its rules was broken, where that is known.</exception>
    public RawMap Create(uint? maxEntries, BpfHost? host)
    {
        host ??= BpfHost.Kernel;
        return SchemaCreation.Create(this, ToSpec(maxEntries, host), host);
    }

    /// <summary>Opens a pinned map and compares it with the declaration (BPF_OBJ_GET, Linux 4.4).</summary>
    /// <param name="path">The pin, in a BPF file system.</param>
    /// <param name="access">What the descriptor is to allow.</param>
    /// <param name="host">Who opens it; default <see cref="BpfHost.Kernel"/>.</param>
    /// <returns>The map.</returns>
    /// <exception cref="BpfMapMismatchException">It is not the declared map; all differences are listed.</exception>
    /// <exception cref="BpfException">Nothing is pinned there, or the kernel refused.</exception>
    public RawMap OpenPinned(string path, BpfMapAccess access, BpfHost? host) => ValidateOrClose(RawMap.OpenPinned(path, access, host));

    /// <summary>Opens a map by its id and compares it with the declaration (BPF_MAP_GET_FD_BY_ID, Linux 4.13; access modes Linux 4.15). Needs CAP_SYS_ADMIN.</summary>
    /// <param name="id">The id, as <see cref="BpfMapInfo.Id"/> shows it.</param>
    /// <param name="access">What the descriptor is to allow.</param>
    /// <param name="host">Who opens it; default <see cref="BpfHost.Kernel"/>.</param>
    /// <returns>The map.</returns>
    /// <exception cref="BpfMapMismatchException">It is not the declared map; all differences are listed.</exception>
    /// <exception cref="BpfException">No map has this id, or the kernel refused.</exception>
    public RawMap OpenById(uint id, BpfMapAccess access, BpfHost? host) => ValidateOrClose(RawMap.OpenById(id, access, host));

    /// <summary>Makes a map of a descriptor that stays the caller's, and compares it with the declaration.</summary>
    /// <param name="fileDescriptor">The descriptor of a map; it is duplicated.</param>
    /// <param name="host">Whom the descriptor belongs to; default <see cref="BpfHost.Kernel"/>.</param>
    /// <returns>The map.</returns>
    /// <exception cref="BpfMapMismatchException">It is not the declared map; all differences are listed.</exception>
    /// <exception cref="BpfException">The number is no open descriptor of a map.</exception>
    public RawMap FromFileDescriptor(int fileDescriptor, BpfHost? host) => ValidateOrClose(RawMap.FromFileDescriptor(fileDescriptor, host));

    /// <summary>Opens the pinned map if there is one, else creates and pins it. Processes that do so at once all get the same map.</summary>
    /// <param name="path">The pin, in a BPF file system, in a directory that exists.</param>
    /// <param name="maxEntries">The capacity if it is created; <see langword="null"/> for the declared one.</param>
    /// <param name="host">Who opens or creates it; default <see cref="BpfHost.Kernel"/>.</param>
    /// <returns>The map.</returns>
    /// <exception cref="BpfMapMismatchException">What is pinned there is not the declared map; all differences are listed.</exception>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public RawMap OpenOrCreatePinned(string path, uint? maxEntries, BpfHost? host)
    {
        BpfMapSpec spec = ToSpec(maxEntries, host);
        host ??= BpfHost.Kernel;
        for (int attempt = 1; ; attempt++)
        {
            if (TryOpenPinned(path, host) is { } existing)
                return ValidateOrClose(existing);

            // The pin decides who was first: the map of whoever finds the path taken was never seen by anyone.
            RawMap created = SchemaCreation.Create(this, spec, host);
            try
            {
                created.Pin(path);
                return created;
            }
            catch (BpfException problem) when (problem.Errno == Errno.EEXIST && attempt < MostAttempts)
            {
                created.Dispose();
            }
            catch
            {
                created.Dispose();
                throw;
            }
        }
    }

    /// <summary>Compares a map with the declaration.</summary>
    /// <param name="raw">The map; it stays open also if it does not fit.</param>
    /// <returns>The same map.</returns>
    /// <exception cref="BpfMapMismatchException">It is not the declared map; all differences are listed.</exception>
    public RawMap Validate(RawMap raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        SchemaValidation.ThrowIfDifferent(this, raw);
        return raw;
    }

    /// <summary>The declaration in one line, for messages: <c>'flows' (Hash)</c>.</summary>
    public override string ToString() => $"'{Name}' ({Type})";

    private static RawMap? TryOpenPinned(string path, BpfHost? host)
    {
        try
        {
            return RawMap.OpenPinned(path, BpfMapAccess.ReadWrite, host);
        }
        catch (BpfException problem) when (problem.Errno == Errno.ENOENT)
        {
            return null;
        }
    }

    private BpfMapSpec ToSpec(uint? maxEntries, BpfHost? host) => new()
    {
        Type = Type,
        Name = Name.Length > RawMap.MaxNameLength ? Name[..RawMap.MaxNameLength] : Name,
        KeySize = KernelKeySize,
        ValueSize = KernelValueSize,
        MaxEntries = maxEntries ?? LoadedMaxEntries ?? ImpliedMaxEntries(host)
            ?? throw new ArgumentNullException(nameof(maxEntries), $"Map {this} declares no MaxEntries, so its creation must be told a capacity."),
        Flags = Flags,
        MapExtra = MapExtra ?? 0,
    };

    private uint? LoadedMaxEntries => MaxEntries is { } declared && Type.IsRing() ? RingCapacity.Loaded(declared) : MaxEntries;

    private uint? ImpliedMaxEntries(BpfHost? host) => Type switch
    {
        // A slot has its CPU's number, and the numbers of possible CPUs may have holes.
        BpfMapType.PerfEventArray or BpfMapType.CpuMap => (uint)(host ?? BpfHost.Kernel).PossibleCpus[^1] + 1,
        _ when Type.HasNoCapacity() => 0,
        _ => null,
    };

    private RawMap ValidateOrClose(RawMap raw)
    {
        try
        {
            return Validate(raw);
        }
        catch (BpfMapMismatchException)
        {
            raw.Dispose();
            throw;
        }
    }
}
