namespace BpfMaps.Metadata;

/// <summary>The declaration of a typed map. Generated code creates it from a <see cref="BpfMapAttribute"/>.</summary>
/// <remarks>
/// It creates maps, and opens maps and compares them with the declaration. The caller owns the returned maps. If a method throws, it has
/// closed the map that it opened.
/// </remarks>
public sealed class BpfMapSchema
{
    /// <summary>
    /// The number of attempts, because other processes may pin and unpin at the same path. After that, the path is something else, such as
    /// a dangling link.
    /// </summary>
    private const int MostAttempts = 100;

    private volatile MatchingTypes? _matching;

    /// <summary>Gets the type of the map.</summary>
    public required BpfMapType Type { get; init; }

    /// <summary>
    /// Gets the name, which may be the full name in an object. A created map gets its first 15 characters. Opening does not compare it.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>
    /// Gets the capacity in elements; for rings, the size in bytes (rounded up to a power of two of pages, like libbpf); for arenas, in
    /// pages. If it is <see langword="null"/>, it is a parameter of <see cref="Create"/>, and opening does not check it. Perf event arrays
    /// and CPU maps have one slot per possible CPU by default. Storages have no capacity.
    /// </summary>
    public uint? MaxEntries { get; init; }

    /// <summary>Gets the flags. Opening checks those that determine the possible operations.</summary>
    public BpfMapFlags Flags { internal get; init; }

    /// <summary>
    /// Gets the <c>map_extra</c> of the map (Linux 5.16): the number of hash functions of a bloom filter, 1 to 15; the address of an arena.
    /// If it is <see langword="null"/>, the kernel chooses it (5 for a bloom filter), and opening does not check it.
    /// </summary>
    public ulong? MapExtra { internal get; init; }

    /// <summary>
    /// Gets the layout of the key; <see langword="null"/> for map types without keys and for local storages, whose keys are descriptors.
    /// For tries, the layout of <see cref="LpmKey{TPrefix}"/>.
    /// </summary>
    public BpfTypeLayout? Key { get; init; }

    /// <summary>
    /// Gets the layout of the value; for per-CPU maps, of the value of one CPU; for rings and perf event arrays, of a record.
    /// <see langword="null"/> for map types with kernel objects (maps, programs, devices, sockets, stacks, pages).
    /// </summary>
    public BpfTypeLayout? Value { get; init; }

    /// <summary>
    /// Gets the <c>value_size</c> of map types without <see cref="Value"/> that have several: 4 or 8 for devices, CPUs and sockets, the
    /// size of the deepest stack for stack traces. If it is <see langword="null"/>, <see cref="Create"/> uses the largest, and opening does
    /// not check it.
    /// </summary>
    public int? ValueSize { internal get; init; }

    /// <summary>The types of the last map whose fields were compared with this declaration, if they match.</summary>
    internal MatchingTypes? Matching
    {
        get => _matching;
        set => _matching = value;
    }

    /// <summary>
    /// Gets the declaration of the inner maps of a map of maps. <see cref="Create"/> creates the template from it, and opening an inner map
    /// compares it.
    /// </summary>
    public BpfMapSchema? Inner { internal get; init; }

    /// <summary>
    /// Gets a function that creates the metrics of the map when a registry needs them; <see langword="null"/> if there are none.
    /// </summary>
    public Func<BpfMetricsSchema>? Metrics { internal get; init; }

    /// <summary>
    /// Gets how the total of a per-CPU value is computed, field by field; <see langword="null"/> if the value has a method for that, or
    /// too many fields to list. Numbers that are not listed keep the value of the first CPU.
    /// </summary>
    public IReadOnlyList<BpfTotalField>? Totals { internal get; init; }

    /// <summary>The <c>key_size</c> of the map. CPU numbers and descriptors are keys too, but are not declared.</summary>
    internal int KernelKeySize =>
        MapTypeFacts.Of(Type) is { Keys: MapKeyRule.Cpu or MapKeyRule.Owner, KeySize: { } size } ? size : Key?.Size ?? 0;

    /// <summary>The <c>value_size</c> of the map. Rings have none, and the values of a perf event array are descriptors.</summary>
    internal int KernelValueSize =>
        MapTypeFacts.Of(Type) switch
        {
            { IsRing: true } => 0,
            { IsStream: true } => sizeof(uint),
            var facts => Value?.Size ?? ValueSize ?? facts.UsualValueSize(Flags) ?? 0,
        };

    /// <summary>
    /// Creates the map with BTF for key and value, so that tools show its fields (BPF_MAP_CREATE, Linux 3.18; BPF_BTF_LOAD, Linux 4.18).
    /// </summary>
    /// <param name="maxEntries">The capacity; <see langword="null"/> for the declared one.</param>
    /// <param name="host">The host of the map; by default <see cref="BpfHost.Kernel"/>.</param>
    /// <returns>The map.</returns>
    /// <exception cref="ArgumentNullException">No capacity is declared or given.</exception>
    /// <exception cref="InvalidOperationException">The inner maps are arrays, but their length is not declared.</exception>
    /// <exception cref="BpfException">The kernel returned an error; the message names the violated rule, if it is known.</exception>
    public RawMap Create(uint? maxEntries, BpfHost? host)
    {
        host ??= BpfHost.Kernel;
        return SchemaCreation.Create(this, ToSpec(maxEntries, host), host);
    }

    /// <summary>Opens a pinned map and compares it with the declaration (BPF_OBJ_GET, Linux 4.4).</summary>
    /// <param name="path">The pin, in a BPF file system.</param>
    /// <param name="access">The access that the descriptor allows.</param>
    /// <param name="host">The host of the map; by default <see cref="BpfHost.Kernel"/>.</param>
    /// <returns>The map.</returns>
    /// <exception cref="BpfMapMismatchException">The map does not match the declaration; the message lists all differences.</exception>
    /// <exception cref="BpfException">The path does not exist, or the kernel returned another error.</exception>
    public RawMap OpenPinned(string path, BpfMapAccess access, BpfHost? host) => ValidateOrClose(RawMap.OpenPinned(path, access, host));

    /// <summary>
    /// Opens a map by its id and compares it with the declaration (BPF_MAP_GET_FD_BY_ID, Linux 4.13; access modes Linux 4.15). Requires
    /// CAP_SYS_ADMIN.
    /// </summary>
    /// <param name="id">The id (<see cref="BpfMapInfo.Id"/>).</param>
    /// <param name="access">The access that the descriptor allows.</param>
    /// <param name="host">The host of the map; by default <see cref="BpfHost.Kernel"/>.</param>
    /// <returns>The map.</returns>
    /// <exception cref="BpfMapMismatchException">The map does not match the declaration; the message lists all differences.</exception>
    /// <exception cref="BpfException">No map has the id, or the kernel returned another error.</exception>
    public RawMap OpenById(uint id, BpfMapAccess access, BpfHost? host) => ValidateOrClose(RawMap.OpenById(id, access, host));

    /// <summary>Creates a map from a descriptor that the caller keeps, and compares it with the declaration.</summary>
    /// <param name="fileDescriptor">The descriptor of a map; it is duplicated.</param>
    /// <param name="host">The host of the descriptor; by default <see cref="BpfHost.Kernel"/>.</param>
    /// <returns>The map.</returns>
    /// <exception cref="BpfMapMismatchException">The map does not match the declaration; the message lists all differences.</exception>
    /// <exception cref="BpfException">The descriptor is not an open descriptor of a map.</exception>
    public RawMap FromFileDescriptor(int fileDescriptor, BpfHost? host) => ValidateOrClose(RawMap.FromFileDescriptor(fileDescriptor, host));

    /// <summary>
    /// Opens the pinned map, or creates and pins it if the path does not exist. Concurrent calls of several processes get the same map.
    /// </summary>
    /// <param name="path">The path, in an existing directory of a BPF file system.</param>
    /// <param name="maxEntries">The capacity if the map is created; <see langword="null"/> for the declared one.</param>
    /// <param name="host">The host of the map; by default <see cref="BpfHost.Kernel"/>.</param>
    /// <returns>The map.</returns>
    /// <exception cref="BpfMapMismatchException">
    /// The pinned map does not match the declaration; the message lists all differences.
    /// </exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public RawMap OpenOrCreatePinned(string path, uint? maxEntries, BpfHost? host)
    {
        BpfMapSpec spec = ToSpec(maxEntries, host);
        host ??= BpfHost.Kernel;
        for (int attempt = 1; ; attempt++)
        {
            if (TryOpenPinned(path, host) is { } existing)
                return ValidateOrClose(existing);

            // The pin decides the race. If the path is in use, no other process has seen the new map.
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
    /// <param name="raw">The map. It stays open even if it does not match.</param>
    /// <returns>The same map.</returns>
    /// <exception cref="BpfMapMismatchException">The map does not match the declaration; the message lists all differences.</exception>
    public RawMap Validate(RawMap raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        SchemaValidation.ThrowIfDifferent(this, raw);
        return raw;
    }

    /// <summary>Returns the declaration in one line, for messages: <c>'flows' (Hash)</c>.</summary>
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

    private BpfMapSpec ToSpec(uint? maxEntries, BpfHost? host) =>
        new()
        {
            Type = Type,
            Name = Name.Length > KernelLimits.LongestName ? Name[..KernelLimits.LongestName] : Name,
            KeySize = KernelKeySize,
            ValueSize = KernelValueSize,
            MaxEntries =
                maxEntries
                ?? LoadedMaxEntries
                ?? ImpliedMaxEntries(host)
                ?? throw new ArgumentNullException(
                    nameof(maxEntries),
                    $"Map {this} declares no MaxEntries; a capacity is required to create it."
                ),
            Flags = Flags,
            MapExtra = MapExtra ?? 0,
        };

    private uint? LoadedMaxEntries =>
        MaxEntries is { } declared ? MapTypeFacts.Of(Type).LoadedCapacity(declared, (uint)Environment.SystemPageSize) : null;

    private uint? ImpliedMaxEntries(BpfHost? host) =>
        MapTypeFacts.Of(Type).Capacity switch
        {
            // The index is the number of the CPU, and numbers of possible CPUs may be missing.
            MapCapacityRule.Cpus => (uint)(host ?? BpfHost.Kernel).PossibleCpus[^1] + 1,
            MapCapacityRule.None => 0,
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
