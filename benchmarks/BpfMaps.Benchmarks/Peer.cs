using System.Runtime.InteropServices;

namespace BpfMaps.Benchmarks;

/// <summary>The C functions of peers.c and rings.c. Each repeats its work and returns nanoseconds, or 0 if a call failed.</summary>
internal static unsafe partial class Peer
{
    private const string Library = "libpeers.so";

    /// <summary>Takes the kernel out of bpf(2), or puts it back; 0 if the library that does it is not preloaded.</summary>
    [LibraryImport(Library, EntryPoint = "peer_set_kernel")]
    public static partial int SetKernel(int answers);

    [LibraryImport(Library, EntryPoint = "peer_lookup")]
    public static partial ulong Lookup(int fd, uint* keys, int count, int valueSize, int rounds);

    [LibraryImport(Library, EntryPoint = "peer_update")]
    public static partial ulong Update(int fd, uint* keys, int count, int valueSize, int rounds);

    [LibraryImport(Library, EntryPoint = "peer_delete")]
    public static partial ulong Delete(int fd, uint* keys, int count, int valueSize, int rounds);

    [LibraryImport(Library, EntryPoint = "peer_batch")]
    public static partial ulong Batch(int fd, uint* keys, int chunk, int valueSize, int rounds);

    [LibraryImport(Library, EntryPoint = "peer_walk")]
    public static partial ulong Walk(int fd, uint* keys, int count, int valueSize, int rounds);

    /// <summary>A reader through libbpf; 0 if it could not be made.</summary>
    [LibraryImport(Library, EntryPoint = "peer_ring_open")]
    public static partial nint OpenRing(int fd);

    [LibraryImport(Library, EntryPoint = "peer_ring_close")]
    public static partial void CloseRing(nint ring);

    [LibraryImport(Library, EntryPoint = "peer_ring_libbpf")]
    public static partial ulong ConsumeRing(nint ring, ulong expected);

    /// <summary>A reader without a library; 0 if it could not be made.</summary>
    [LibraryImport(Library, EntryPoint = "peer_mapped_open")]
    public static partial nint OpenMappedRing(int fd, ulong size);

    [LibraryImport(Library, EntryPoint = "peer_ring_publish_once")]
    public static partial ulong ConsumeMappedRing(nint ring, ulong expected);
}
