using System.Text;

namespace BpfMaps.Tool.Commands;

/// <summary>Finds the pins of maps. The kernel does not report them, so all BPF file systems are searched.</summary>
internal static class Pins
{
    public static ILookup<uint, string> Find() =>
        Mounts()
            .SelectMany(Files)
            .Select(path => (Id: TryGetId(path), Path: path))
            .Where(pin => pin.Id != 0)
            .ToLookup(pin => pin.Id, pin => pin.Path);

    private static IEnumerable<string> Mounts() =>
        File.ReadLines("/proc/mounts")
            .Select(line => line.Split(' '))
            .Where(fields => fields is [_, _, "bpf", ..])
            .Select(fields => Unescape(fields[1]))
            .Distinct();

    /// <summary>Decodes spaces, tabs, line ends and backslashes, which the kernel writes with three octal digits (<c>\040</c>).</summary>
    private static string Unescape(string path)
    {
        StringBuilder text = new(path.Length);
        for (int index = 0; index < path.Length; index++)
        {
            bool isEscaped =
                path[index] == '\\' && index + 3 < path.Length && path.AsSpan(index + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0;
            text.Append(isEscaped ? (char)Convert.ToInt32(path.Substring(index + 1, 3), 8) : path[index]);
            index += isEscaped ? 3 : 0;
        }
        return text.ToString();
    }

    private static IEnumerable<string> Files(string root) =>
        Directory.EnumerateFiles(
            root,
            "*",
            new EnumerationOptions
            {
                RecurseSubdirectories = true,
                IgnoreInaccessible = true,
                AttributesToSkip = FileAttributes.ReparsePoint,
            }
        );

    private static uint TryGetId(string path)
    {
        try
        {
            using RawMap map = RawMap.OpenPinned(path, BpfMapAccess.ReadOnly);
            return map.Info.Id;
        }
        catch (BpfException)
        {
            return 0; // The pin is a program or link, or was removed.
        }
    }
}
