namespace BpfMaps.Tool.Commands;

/// <summary>Where maps are pinned: the kernel does not tell, so every BPF file system is searched.</summary>
internal static class Pins
{
    public static ILookup<uint, string> Find() => Mounts()
        .SelectMany(Files)
        .Select(path => (Id: TryGetId(path), Path: path))
        .Where(pin => pin.Id != 0)
        .ToLookup(pin => pin.Id, pin => pin.Path);

    private static IEnumerable<string> Mounts() => File.ReadLines("/proc/mounts")
        .Select(line => line.Split(' '))
        .Where(fields => fields is [_, _, "bpf", ..])
        .Select(fields => fields[1].Replace("\\040", " ", StringComparison.Ordinal))
        .Distinct();

    private static IEnumerable<string> Files(string root) =>
        Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint });

    private static uint TryGetId(string path)
    {
        try
        {
            using RawMap map = RawMap.OpenPinned(path, BpfMapAccess.ReadOnly);
            return map.Info.Id;
        }
        catch (BpfException)
        {
            return 0; // A program, a link, or gone.
        }
    }
}
