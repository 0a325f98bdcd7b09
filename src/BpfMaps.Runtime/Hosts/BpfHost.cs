using System.Runtime.InteropServices;

namespace BpfMaps;

/// <summary>Who executes map commands: the running kernel, or something that behaves like it.</summary>
/// <remarks>
/// One method per command. Handles, spans and pointers go in, an error number comes out (0 is success, Linux numbers, positive); at this
/// level there are no exceptions and nothing is allocated per call. Lengths have been checked against the map's sizes by the caller.
/// A handle that is disposed answers EBADF.
/// </remarks>
public abstract unsafe class BpfHost
{
    private protected BpfHost()
    {
    }

    /// <summary>The kernel this process runs on, through bpf(2).</summary>
    /// <exception cref="PlatformNotSupportedException">This is not Linux, or its architecture's system call number is not known.</exception>
    public static BpfHost Kernel => KernelHost.Instance;

    /// <summary>Whether this process can use maps of the kernel it runs on. Creates and closes one small map to find out.</summary>
    /// <param name="reason">Which of the system, the system call, the rights or the kernel's configuration is missing and what to do; <see langword="null"/> if nothing is.</param>
    public static bool IsKernelUsable(out string? reason) => KernelUsability.Check(out reason);

    /// <summary>The numbers of the possible CPUs, ascending; there may be holes. Per-CPU values come in this order.</summary>
    public abstract ReadOnlySpan<int> PossibleCpus { get; }

    /// <summary>How many CPUs are possible: the number of values that an element of a per-CPU map has. Not the number that are online.</summary>
    public int PossibleCpuCount => PossibleCpus.Length;

    /// <summary>Whether the host has this kind of map. Asks it by creating a small one, so it needs the rights to create maps; nothing is remembered.</summary>
    /// <param name="type">The kind.</param>
    /// <exception cref="BpfPermissionException">The host may not be asked.</exception>
    public abstract bool SupportsMapType(BpfMapType type);

    /// <summary>BPF_MAP_CREATE.</summary>
    internal abstract int CreateMap(in BpfMapCreateArguments arguments, out SafeHandle? map);

    /// <summary>BPF_OBJ_GET. Answers EINVAL for a pin that is not a map.</summary>
    internal abstract int OpenPinnedMap(string path, BpfMapAccess access, out SafeHandle? map);

    /// <summary>BPF_MAP_GET_FD_BY_ID.</summary>
    internal abstract int OpenMapById(uint id, BpfMapAccess access, out SafeHandle? map);

    /// <summary>Duplicates a descriptor that somebody else owns.</summary>
    internal abstract int DuplicateDescriptor(int descriptor, out SafeHandle? map);

    /// <summary>BPF_MAP_GET_NEXT_ID: the smallest id above <paramref name="id"/>; ENOENT after the last.</summary>
    internal abstract int GetNextMapId(uint id, out uint nextId);

    /// <summary>BPF_OBJ_GET_INFO_BY_FD.</summary>
    internal abstract int GetMapInfo(SafeHandle map, BpfMapInfoData* info);

    /// <summary>What is known of the map beside its info.</summary>
    internal abstract int GetMapUsage(SafeHandle map, out BpfMapUsage usage);

    /// <summary>What the descriptor allows.</summary>
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

    /// <summary>BPF_MAP_GET_NEXT_KEY; a null <paramref name="key"/> asks for the first.</summary>
    internal abstract int GetNextKey(SafeHandle map, byte* key, byte* nextKey);

    /// <summary>BPF_MAP_LOOKUP_BATCH.</summary>
    /// <param name="map">The map.</param>
    /// <param name="position">Where to go on, or null for the beginning.</param>
    /// <param name="nextPosition">Receives where the next call goes on; max(key size, 4) bytes.</param>
    /// <param name="keys">Receives <paramref name="count"/> keys.</param>
    /// <param name="values">Receives <paramref name="count"/> values, all CPUs' for per-CPU kinds.</param>
    /// <param name="count">In: the room in elements. Out: how many were delivered.</param>
    /// <param name="flags">Flags for the elements.</param>
    internal abstract int LookupBatch(SafeHandle map, byte* position, byte* nextPosition, byte* keys, byte* values, ref uint count, ulong flags);

    /// <summary>BPF_MAP_LOOKUP_AND_DELETE_BATCH; parameters as <see cref="LookupBatch"/>.</summary>
    internal abstract int LookupAndDeleteBatch(SafeHandle map, byte* position, byte* nextPosition, byte* keys, byte* values, ref uint count, ulong flags);

    /// <summary>BPF_MAP_UPDATE_BATCH; <paramref name="count"/> comes back as how many were written.</summary>
    internal abstract int UpdateBatch(SafeHandle map, byte* keys, byte* values, ref uint count, ulong flags);

    /// <summary>BPF_MAP_DELETE_BATCH; <paramref name="count"/> comes back as how many were deleted.</summary>
    internal abstract int DeleteBatch(SafeHandle map, byte* keys, ref uint count, ulong flags);

    /// <summary>Maps the memory of a map, shared; the handle's value is the address, and disposing it unmaps.</summary>
    internal abstract int MapMemory(SafeHandle map, nuint length, nint offset, bool writable, out SafeHandle? memory);

    /// <summary>Maps the memory of an arena, shared; the handle's value is the address, and disposing it unmaps.</summary>
    /// <param name="map">The arena.</param>
    /// <param name="address">Where it is to be, or 0 for anywhere; all mappings of an arena are at the address of the first.</param>
    /// <param name="length">All of its bytes.</param>
    /// <param name="writable">Whether it is to be written.</param>
    /// <param name="memory">The mapping.</param>
    /// <returns>0, or the error number: EBUSY if something else is at the address, ENOTSUPP if the host has no arenas.</returns>
    internal virtual int MapArena(SafeHandle map, nuint address, nuint length, bool writable, out SafeHandle? memory)
    {
        memory = null;
        return Errno.ENOTSUPP;
    }

    /// <summary>Makes something that waits for one or several streams at once.</summary>
    /// <param name="sources">Rings, or perf buffers; at least one. The waiter may outlive them.</param>
    /// <param name="readiness">What to wait for.</param>
    /// <param name="waiter">The waiter; the caller disposes it.</param>
    internal abstract int CreateWaiter(ReadOnlySpan<SafeHandle> sources, BpfReadiness readiness, out BpfWaiter? waiter);

    /// <summary>Opens and maps a buffer for the samples that programs write on one CPU (perf_event_open, mmap).</summary>
    /// <param name="cpu">The CPU.</param>
    /// <param name="pages">Pages of data, a power of two; a page of positions comes before them.</param>
    /// <param name="buffer">What goes into the CPU's slot of a perf event array; its value is the descriptor's number.</param>
    /// <param name="memory">The mapping; its value is the address, and disposing it unmaps.</param>
    /// <returns>
    /// 0, or the error number: ENODEV if the CPU is offline, ENOTSUPP if the host has no such buffers. With a buffer beside the error number it is the mapping that
    /// failed; the caller disposes the buffer.
    /// </returns>
    internal virtual int OpenPerfBuffer(int cpu, int pages, out SafeHandle? buffer, out SafeHandle? memory)
    {
        buffer = memory = null;
        return Errno.ENOTSUPP;
    }

    /// <summary>BPF_BTF_LOAD.</summary>
    internal abstract int LoadBtf(ReadOnlySpan<byte> btf, out SafeHandle? handle);

    /// <summary>BPF_BTF_GET_FD_BY_ID. A host that keeps no BTF has none with any id.</summary>
    internal virtual int OpenBtfById(uint id, out SafeHandle? btf)
    {
        btf = null;
        return Errno.ENOENT;
    }

    /// <summary>BPF_OBJ_GET_INFO_BY_FD on BTF: its bytes.</summary>
    /// <param name="btf">The BTF, from <see cref="LoadBtf"/> or <see cref="OpenBtfById"/>.</param>
    /// <param name="buffer">Receives as many of the bytes as fit.</param>
    /// <param name="size">How many bytes there are.</param>
    internal virtual int GetBtfData(SafeHandle btf, Span<byte> buffer, out int size)
    {
        size = 0;
        return Errno.EBADF;
    }

    /// <summary>What to do about a failure, as far as it lies in the system and not in the map: rights, mounts, limits.</summary>
    /// <param name="command">What was tried, such as <c>BPF_OBJ_PIN</c>.</param>
    /// <param name="errno">What it answered. ENOTSUPP to BPF_MAP_CREATE asks what there is instead of a kind of map that the host does not have.</param>
    /// <param name="path">The pin it was about, if any.</param>
    /// <returns>A sentence, or <see langword="null"/> where nothing is known.</returns>
    internal virtual string? Explain(string command, int errno, string? path) => null;

    /// <summary>What to do about a map that could not be created, as far as it lies in the system: the rights that are missing depend on the kind of map.</summary>
    /// <param name="type">The kind of the map.</param>
    /// <param name="errno">What BPF_MAP_CREATE failed with.</param>
    /// <returns>A sentence, or <see langword="null"/> where nothing is known.</returns>
    internal virtual string? ExplainCreation(BpfMapType type, int errno) => Explain("BPF_MAP_CREATE", errno, path: null);
}
