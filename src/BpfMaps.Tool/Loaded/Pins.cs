using System.Text;

namespace BpfMaps.Tool.Loaded;

/// <summary>Finds the pins of maps, programs and links. The kernel does not report them, so all BPF file systems are searched.</summary>
internal static class Pins
{
    /// <summary>Finds the pins of all maps, by id.</summary>
    public static ILookup<uint, string> OfMaps() =>
        Find(static path =>
        {
            using RawMap map = RawMap.OpenPinned(path, BpfMapAccess.ReadOnly);
            return map.Info.Id;
        });

    /// <summary>Finds the pins of all programs, by id.</summary>
    public static ILookup<uint, string> OfPrograms() =>
        Find(static path =>
        {
            using BpfProgram program = BpfProgram.OpenPinned(path);
            return program.Info.Id;
        });

    /// <summary>Finds the pins of all links, by id.</summary>
    public static ILookup<uint, string> OfLinks() =>
        Find(static path =>
        {
            using BpfLink link = BpfLink.OpenPinned(path);
            return link.Info.Id;
        });

    private static ILookup<uint, string> Find(Func<string, uint> idOf) =>
        Mounts()
            .SelectMany(Files)
            .Select(path => (Id: TryGetId(path, idOf), Path: path))
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

    private static uint TryGetId(string path, Func<string, uint> idOf)
    {
        try
        {
            return idOf(path);
        }
        catch (BpfException)
        {
            return 0; // The pin is of another kind, or was removed.
        }
    }
}
