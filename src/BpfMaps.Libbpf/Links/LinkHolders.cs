using System.Globalization;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Finds what keeps a link: pins, and processes with descriptors.</summary>
internal static class LinkHolders
{
    private static readonly EnumerationOptions s_everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    /// <summary>Lists the pins of a link in the BPF file systems of this mount namespace.</summary>
    public static IEnumerable<string> PinsOf(uint link)
    {
        foreach (string root in FileSystems())
        {
            foreach (string file in Directory.EnumerateFiles(root, "*", s_everything))
            {
                if (ObjectPins.TryOpen(file, PinKind.Link, out OwnedDescriptor? descriptor) != Errno.Ok)
                    continue;
                using (descriptor)
                {
                    if (IdOf(descriptor!) == link)
                        yield return file;
                }
            }
        }
    }

    /// <summary>Lists the processes that have a link open, as in <c>process 12 (guardd)</c>.</summary>
    public static IEnumerable<string> ProcessesOf(uint link)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"link_id:\t{link}\n");
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int process))
                continue;
            if (!HasDescriptor(directory, line))
                continue;
            string name = SystemFile.TryRead($"{directory}/comm", out string text) == Errno.Ok ? $" ({text.Trim()})" : "";
            yield return process == Environment.ProcessId
                ? "this process"
                : string.Create(CultureInfo.InvariantCulture, $"process {process}{name}");
        }
    }

    private static bool HasDescriptor(string directory, string line)
    {
        try
        {
            return Directory
                .EnumerateFileSystemEntries($"{directory}/fd", "*", s_flat)
                .Any(file =>
                    DescriptorKinds.IsLink(SystemFile.LinkTarget(file))
                    && SystemFile.TryRead($"{directory}/fdinfo/{Path.GetFileName(file)}", out string info) == Errno.Ok
                    && info.Contains(line, StringComparison.Ordinal)
                );
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false; // The process has ended, or belongs to somebody else.
        }
    }

    private static readonly EnumerationOptions s_flat = new() { AttributesToSkip = 0 };

    private static unsafe uint IdOf(OwnedDescriptor link)
    {
        LinkInfoData data = default;
        return KernelCall.GetInfo(link, &data, sizeof(LinkInfoData)) == Errno.Ok ? data.Id : 0;
    }

    private static IEnumerable<string> FileSystems() =>
        SystemFile.TryRead("/proc/mounts", out string mounts) == Errno.Ok
            ? mounts
                .Split('\n')
                .Select(static line => line.Split(' '))
                .Where(static fields => fields is [_, _, "bpf", ..])
                .Select(static fields => fields[1])
                .Distinct()
            : [];
}
