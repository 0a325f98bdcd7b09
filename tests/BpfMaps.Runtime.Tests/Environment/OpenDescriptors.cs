namespace BpfMaps.Tests;

/// <summary>What this process holds of the kernel, as /proc tells.</summary>
internal static class OpenDescriptors
{
    /// <summary>How many descriptors of BPF maps are open.</summary>
    public static int CountMaps() =>
        Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(entry => new FileInfo(entry).LinkTarget == "anon_inode:bpf-map");

    /// <summary>How many descriptors of any kind are open.</summary>
    public static int CountAll() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();

    /// <summary>How many memory mappings of BPF maps there are.</summary>
    public static int CountMappings() => File.ReadLines("/proc/self/maps").Count(line => line.Contains("bpf-map", StringComparison.Ordinal));
}
