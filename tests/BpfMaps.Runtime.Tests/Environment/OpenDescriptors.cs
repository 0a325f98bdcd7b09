namespace BpfMaps.Tests;

/// <summary>Counts the kernel resources of this process, using /proc.</summary>
internal static class OpenDescriptors
{
    /// <summary>Counts the open descriptors of BPF maps.</summary>
    public static int CountMaps() => Count("anon_inode:bpf-map");

    /// <summary>Counts the open descriptors of all BPF objects: maps, programs, BTF.</summary>
    public static int CountAll() => Count("anon_inode:bpf") + Count("anon_inode:btf");

    /// <summary>Counts the memory mappings of BPF maps.</summary>
    public static int CountMappings() =>
        File.ReadLines("/proc/self/maps").Count(line => line.Contains("bpf-map", StringComparison.Ordinal));

    private static int Count(string kind) =>
        Directory
            .EnumerateFileSystemEntries("/proc/self/fd")
            .Count(entry => new FileInfo(entry).LinkTarget?.StartsWith(kind, StringComparison.Ordinal) == true);
}
