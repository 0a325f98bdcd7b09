using System.Runtime.InteropServices;

namespace BpfMaps.Benchmarks;

/// <summary>The C functions in peers/. Each times its own work and returns nanoseconds, or 0 if a call failed.</summary>
internal static unsafe partial class Peer
{
    private const string Library = "libpeers.so";

    [LibraryImport(Library, EntryPoint = "peer_lookup")]
    public static partial ulong Lookup(int fd, void* keys, int keySize, int count, int rounds);

    [LibraryImport(Library, EntryPoint = "peer_update")]
    public static partial ulong Update(int fd, void* keys, int keySize, int count, int rounds);

    [LibraryImport(Library, EntryPoint = "peer_delete")]
    public static partial ulong Delete(int fd, void* keys, int keySize, int count, int rounds);

    [LibraryImport(Library, EntryPoint = "peer_lookup_and_delete")]
    public static partial ulong LookupAndDelete(int fd, void* keys, int keySize, int count, int rounds);

    [LibraryImport(Library, EntryPoint = "peer_push")]
    public static partial ulong Push(int fd, int count);

    [LibraryImport(Library, EntryPoint = "peer_pop")]
    public static partial ulong Pop(int fd, int count);

    /// <summary>Adds up all values; per-CPU values first to a total for each element.</summary>
    [LibraryImport(Library, EntryPoint = "peer_walk_batches")]
    public static partial ulong WalkBatches(int fd, uint chunk, int cpus);

    /// <summary>Adds up the values with fewer packets than the limit.</summary>
    [LibraryImport(Library, EntryPoint = "peer_where_batches")]
    public static partial ulong WhereBatches(int fd, uint chunk, ulong limit);

    /// <summary>Looks up keys with the program <c>get_values</c>, whose mapped array has exactly as many elements.</summary>
    [LibraryImport(Library, EntryPoint = "peer_query_values")]
    public static partial ulong QueryValues(int program, nint shared, uint* keys, Traffic* values, bool* present, int count);

    /// <summary>Counts the elements with fewer packets than the limit with the program <c>count_below</c>.</summary>
    [LibraryImport(Library, EntryPoint = "peer_query_count")]
    public static partial ulong QueryCount(int program, ulong limit);

    /// <summary>Opens and loads an object, counts with its program, and closes it.</summary>
    [LibraryImport(Library, EntryPoint = "peer_query_first_use", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ulong QueryFirstUse(string path, int map, ulong limit);

    [LibraryImport(Library, EntryPoint = "peer_walk_keys")]
    public static partial ulong WalkKeys(int fd);

    [LibraryImport(Library, EntryPoint = "peer_drain")]
    public static partial ulong Drain(int fd, uint chunk);

    [LibraryImport(Library, EntryPoint = "peer_load")]
    public static partial ulong Load(int fd, void* keys, void* values, uint count);

    /// <summary>Maps the memory of an array; 0 if that failed.</summary>
    [LibraryImport(Library, EntryPoint = "peer_map_array")]
    public static partial nint MapArray(int fd, ulong length);

    [LibraryImport(Library, EntryPoint = "peer_read_pointer")]
    public static partial ulong ReadPointer(nint elements, uint* indices, int count);

    [LibraryImport(Library, EntryPoint = "peer_read_lookup")]
    public static partial ulong ReadLookup(int fd, uint* indices, int count);

    [LibraryImport(Library, EntryPoint = "peer_open_pinned", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ulong OpenPinned(string path, BpfMapType type, uint keySize, uint valueSize, uint maxEntries, int rounds);

    /// <summary>Creates a reader with libbpf; 0 if that failed.</summary>
    [LibraryImport(Library, EntryPoint = "peer_ring_open")]
    public static partial nint OpenRing(int fd);

    [LibraryImport(Library, EntryPoint = "peer_ring_close")]
    public static partial void CloseRing(nint ring);

    [LibraryImport(Library, EntryPoint = "peer_ring_libbpf")]
    public static partial ulong ConsumeRing(nint ring, ulong expected);

    /// <summary>Creates a reader without a library; 0 if that failed.</summary>
    [LibraryImport(Library, EntryPoint = "peer_mapped_open")]
    public static partial nint OpenMappedRing(int fd, ulong size);

    [LibraryImport(Library, EntryPoint = "peer_ring_publish_once")]
    public static partial ulong ConsumeMappedRing(nint ring, ulong expected);

    /// <summary>Creates a writer with libbpf; 0 if that failed.</summary>
    [LibraryImport(Library, EntryPoint = "peer_user_ring_open")]
    public static partial nint OpenUserRing(int fd);

    [LibraryImport(Library, EntryPoint = "peer_user_ring_close")]
    public static partial void CloseUserRing(nint ring);

    [LibraryImport(Library, EntryPoint = "peer_user_ring_write")]
    public static partial ulong WriteUserRing(nint ring, int records);

    /// <summary>Gets the version string of the libbpf that the peers use.</summary>
    public static string LibbpfVersion => Marshal.PtrToStringUTF8(ReadLibbpfVersion())!;

    [LibraryImport(Library, EntryPoint = "peer_libbpf_version")]
    private static partial nint ReadLibbpfVersion();
}
