namespace BpfMaps.Tests;

/// <summary>What this process holds of the kernel, as /proc tells.</summary>
internal static class OpenDescriptors
{
    /// <summary>How many descriptors of BPF maps are open.</summary>
    public static int CountMaps() => Count("anon_inode:bpf-map");

    /// <summary>How many descriptors of any BPF object are open: maps, programs, BTF.</summary>
    public static int CountAll() => Count("anon_inode:bpf") + Count("anon_inode:btf");

    /// <summary>How many memory mappings of BPF maps there are.</summary>
    public static int CountMappings() => File.ReadLines("/proc/self/maps").Count(line => line.Contains("bpf-map", StringComparison.Ordinal));

    private static int Count(string kind) => Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Count(entry => new FileInfo(entry).LinkTarget?.StartsWith(kind, StringComparison.Ordinal) == true);
}
