using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Executes map commands: the running kernel, or a replacement that behaves like it.</summary>
// One method per command: handles, spans and pointers in, a positive Linux error number out (0 for success), no exceptions and no
// allocations. Callers have checked all lengths against the sizes of the map. A disposed handle gives EBADF.
public abstract unsafe class BpfHost
{
    private protected BpfHost() { }

    /// <summary>Gets the host that executes commands in the running kernel, with bpf(2).</summary>
    /// <exception cref="PlatformNotSupportedException">
    /// The operating system is not Linux, or the system call number of its architecture is unknown.
    /// </exception>
    public static BpfHost Kernel => KernelHost.Instance;

    /// <summary>Returns whether this process can use maps of the running kernel. Creates and closes a small map to find out.</summary>
    /// <param name="reason">
    /// The reason why it cannot, and what to do: the operating system, the system call, privileges, or the configuration of the kernel;
    /// <see langword="null"/> if it can.
    /// </param>
    /// <returns><see langword="false"/> if maps cannot be used.</returns>
    public static bool IsKernelUsable(out string? reason) => KernelUsability.Check(out reason);

    /// <summary>
    /// Gets the numbers of the possible CPUs in ascending order, which is the order of per-CPU values. Numbers may be missing.
    /// </summary>
    public abstract ReadOnlySpan<int> PossibleCpus { get; }

    /// <summary>
    /// Gets the number of possible CPUs, which is the number of values per element of a per-CPU map. It may exceed the number of online
    /// CPUs.
    /// </summary>
    internal int PossibleCpuCount => PossibleCpus.Length;

    /// <summary>
    /// Returns whether the host supports a map type. Creates and closes a small map of the type at each call, which requires the privileges
    /// to do so.
    /// </summary>
    /// <param name="type">The map type.</param>
    /// <exception cref="BpfPermissionException">Creating the map was denied.</exception>
    public abstract bool SupportsMapType(BpfMapType type);

    /// <summary>Gets whether updates of tries honor BPF_NOEXIST and BPF_EXIST.</summary>
    internal virtual bool HonorsTrieFlags => true;

    /// <summary>BPF_MAP_CREATE.</summary>
    internal abstract int CreateMap(in BpfMapCreateArguments arguments, out SafeHandle? map);

    /// <summary>BPF_OBJ_GET. Returns EINVAL for a pin that is not a map.</summary>
    internal abstract int OpenPinnedMap(string path, BpfMapAccess access, out SafeHandle? map);

    /// <summary>BPF_MAP_GET_FD_BY_ID.</summary>
    internal abstract int OpenMapById(uint id, BpfMapAccess access, out SafeHandle? map);

    /// <summary>Duplicates a descriptor that the caller keeps.</summary>
    internal abstract int DuplicateDescriptor(int descriptor, out SafeHandle? map);

    /// <summary>BPF_MAP_GET_NEXT_ID: the smallest id above <paramref name="id"/>; ENOENT after the last.</summary>
    internal abstract int GetNextMapId(uint id, out uint nextId);

    /// <summary>BPF_OBJ_GET_INFO_BY_FD.</summary>
    internal abstract int GetMapInfo(SafeHandle map, BpfMapInfoData* info);

    /// <summary>Reads the memory and the state of a map.</summary>
    internal abstract int GetMapUsage(SafeHandle map, out BpfMapUsage usage);

    /// <summary>Gets the access that the descriptor allows.</summary>
    internal abstract BpfMapAccess GetAccess(SafeHandle map);

    /// <summary>BPF_OBJ_PIN.</summary>
    internal abstract int Pin(SafeHandle map, string path);

    /// <summary>Removes a pin.</summary>
    internal abstract int Unpin(string path);

    /// <summary>BPF_MAP_FREEZE.</summary>
    internal abstract int Freeze(SafeHandle map);

    /// <summary>BPF_MAP_LOOKUP_ELEM.</summary>
    internal abstract int Lookup(SafeHandle map, byte* key, byte* value, ulong flags);

    /// <summary>BPF_MAP_LOOKUP_AND_DELETE_ELEM.</summary>
    internal abstract int LookupAndDelete(SafeHandle map, byte* key, byte* value, ulong flags);

    /// <summary>BPF_MAP_UPDATE_ELEM.</summary>
    internal abstract int Update(SafeHandle map, byte* key, byte* value, ulong flags);

    /// <summary>BPF_MAP_DELETE_ELEM.</summary>
    internal abstract int Delete(SafeHandle map, byte* key);

    /// <summary>BPF_MAP_GET_NEXT_KEY. A null <paramref name="key"/> requests the first key.</summary>
    internal abstract int GetNextKey(SafeHandle map, byte* key, byte* nextKey);

    /// <summary>BPF_MAP_LOOKUP_BATCH.</summary>
    /// <param name="map">The map.</param>
    /// <param name="position">The position from the previous call, or null for the first call.</param>
    /// <param name="nextPosition">Receives the position for the next call; max(key size, 4) bytes.</param>
    /// <param name="keys">Receives <paramref name="count"/> keys.</param>
    /// <param name="values">Receives <paramref name="count"/> values; for per-CPU maps, the values of all CPUs for each.</param>
    /// <param name="count">In: the capacity of the buffers in elements. Out: the number of elements returned.</param>
    /// <param name="flags">The flags for the elements.</param>
    internal abstract int LookupBatch(
        SafeHandle map,
        byte* position,
        byte* nextPosition,
        byte* keys,
        byte* values,
        ref uint count,
        ulong flags
    );

    /// <summary>BPF_MAP_LOOKUP_AND_DELETE_BATCH; parameters as <see cref="LookupBatch"/>.</summary>
    internal abstract int LookupAndDeleteBatch(
        SafeHandle map,
        byte* position,
        byte* nextPosition,
        byte* keys,
        byte* values,
        ref uint count,
        ulong flags
    );

    /// <summary>BPF_MAP_UPDATE_BATCH. Sets <paramref name="count"/> to the number of elements written.</summary>
    internal abstract int UpdateBatch(SafeHandle map, byte* keys, byte* values, ref uint count, ulong flags);

    /// <summary>BPF_MAP_DELETE_BATCH. Sets <paramref name="count"/> to the number of elements deleted.</summary>
    internal abstract int DeleteBatch(SafeHandle map, byte* keys, ref uint count, ulong flags);

    /// <summary>Maps the memory of a map, shared. The value of the handle is the address; disposing it unmaps the memory.</summary>
    internal abstract int MapMemory(SafeHandle map, nuint length, nint offset, bool writable, out SafeHandle? memory);

    /// <summary>Maps the memory of an arena, shared. The value of the handle is the address; disposing it unmaps the memory.</summary>
    /// <param name="map">The arena.</param>
    /// <param name="address">The address, or 0 for any; all mappings of an arena have the address of the first.</param>
    /// <param name="length">The size of the arena in bytes.</param>
    /// <param name="writable">Whether the mapping is writable.</param>
    /// <param name="memory">The mapping.</param>
    /// <returns>0, or the error number: EBUSY if the address is in use, ENOTSUPP if the host has no arenas.</returns>
    internal virtual int MapArena(SafeHandle map, nuint address, nuint length, bool writable, out SafeHandle? memory)
    {
        memory = null;
        return Errno.ENOTSUPP;
    }

    /// <summary>Creates a waiter for one or more streams.</summary>
    /// <param name="sources">The rings or perf buffers, at least one. The waiter may outlive them.</param>
    /// <param name="readiness">The condition to wait for.</param>
    /// <param name="waiter">The waiter; the caller disposes it.</param>
    internal abstract int CreateWaiter(ReadOnlySpan<SafeHandle> sources, BpfReadiness readiness, out BpfWaiter? waiter);

    /// <summary>Opens and maps a buffer for the samples that programs write on one CPU (perf_event_open, mmap).</summary>
    /// <param name="cpu">The CPU.</param>
    /// <param name="pages">The number of data pages, a power of two. The page with the positions precedes them.</param>
    /// <param name="buffer">The event for the CPU's slot of a perf event array; its value is the descriptor.</param>
    /// <param name="memory">The mapping. Its value is the address; disposing it unmaps the memory.</param>
    /// <returns>
    /// 0, or the error number: ENODEV if the CPU is offline, ENOTSUPP if the host has no such buffers. If there is a buffer in spite of an
    /// error number, the mapping failed; the caller disposes the buffer.
    /// </returns>
    internal virtual int OpenPerfBuffer(int cpu, int pages, out SafeHandle? buffer, out SafeHandle? memory)
    {
        buffer = memory = null;
        return Errno.ENOTSUPP;
    }

    /// <summary>BPF_BTF_LOAD.</summary>
    internal abstract int LoadBtf(ReadOnlySpan<byte> btf, out SafeHandle? handle);

    /// <summary>BPF_BTF_GET_FD_BY_ID. Hosts without BTF return ENOENT.</summary>
    internal virtual int OpenBtfById(uint id, out SafeHandle? btf)
    {
        btf = null;
        return Errno.ENOENT;
    }

    /// <summary>BPF_OBJ_GET_INFO_BY_FD on BTF: copies its bytes.</summary>
    /// <param name="btf">The BTF, from <see cref="LoadBtf"/> or <see cref="OpenBtfById"/>.</param>
    /// <param name="buffer">Receives as many bytes as fit.</param>
    /// <param name="size">The number of bytes of the BTF.</param>
    internal virtual int GetBtfData(SafeHandle btf, Span<byte> buffer, out int size)
    {
        size = 0;
        return Errno.EBADF;
    }

    /// <summary>BPF_PROG_LOAD of a program that <see cref="RunProgram"/> runs. Hosts without programs return ENOTSUPP.</summary>
    internal virtual int LoadProgram(in BpfProgramLoadArguments arguments, out SafeHandle? program)
    {
        program = null;
        return Errno.ENOTSUPP;
    }

    /// <summary>BPF_PROG_TEST_RUN without a context: runs a program once on the current CPU.</summary>
    /// <param name="program">The program, from <see cref="LoadProgram"/>.</param>
    /// <param name="returnValue">What the program returned.</param>
    internal virtual int RunProgram(SafeHandle program, out uint returnValue)
    {
        returnValue = 0;
        return Errno.EBADF;
    }

    /// <summary>Returns advice about a failure whose cause is the system and not the map: privileges, mounts, limits.</summary>
    /// <param name="command">The failed command, such as <c>BPF_OBJ_PIN</c>.</param>
    /// <param name="errno">
    /// The error number. For BPF_MAP_CREATE, ENOTSUPP requests the alternatives to a map type that the host does not support.
    /// </param>
    /// <param name="path">The path of the pin, if there is one.</param>
    /// <returns>A sentence, or <see langword="null"/> if there is no advice.</returns>
    internal virtual string? Explain(BpfCommand command, int errno, string? path) => null;

    /// <summary>
    /// Returns advice about a map that could not be created because of the system. The required privileges depend on the map type.
    /// </summary>
    /// <param name="type">The map type.</param>
    /// <param name="errno">The error number of BPF_MAP_CREATE.</param>
    /// <returns>A sentence, or <see langword="null"/> if there is no advice.</returns>
    internal virtual string? ExplainCreation(BpfMapType type, int errno) => Explain(BpfCommand.MapCreate, errno, path: null);
}
