using System.Globalization;
using BpfMaps.Interop;

namespace BpfMaps.Tool.Loaded;

/// <summary>The processes that hold descriptors of maps, programs and links, from /proc. Other users' need root.</summary>
internal sealed class Owners
{
    private const string KindPrefix = "anon_inode:bpf";

    private readonly Dictionary<(string Field, uint Id), SortedSet<int>> _holders = [];
    private readonly Dictionary<int, string> _commands = [];

    private Owners() { }

    /// <summary>Searches the descriptors of all processes except this one.</summary>
    public static Owners Find()
    {
        Owners owners = new();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                && process != Environment.ProcessId
            )
                owners.Search(folder, process);
        }
        return owners;
    }

    public IReadOnlyList<Owner> OfMap(uint id) => Of("map_id", id);

    public IReadOnlyList<Owner> OfProgram(uint id) => Of("prog_id", id);

    public IReadOnlyList<Owner> OfLink(uint id) => Of("link_id", id);

    private Owner[] Of(string field, uint id) =>
        _holders.TryGetValue((field, id), out SortedSet<int>? processes)
            ? [.. processes.Select(process => new Owner(process, _commands[process]))]
            : [];

    private void Search(string folder, int process)
    {
        foreach (string descriptor in Entries($"{folder}/fd"))
        {
            if (SystemFile.LinkTarget(descriptor)?.StartsWith(KindPrefix, StringComparison.Ordinal) != true)
                continue;
            _ = SystemFile.TryRead($"{folder}/fdinfo/{Path.GetFileName(descriptor)}", out string info);
            // The info of a link also has the id of its program, which the link holds and not the process.
            (string Field, uint Id)[] ids = [.. info.Split('\n').Select(Parse).Where(static id => id.Id != 0)];
            int link = Array.FindIndex(ids, static id => id.Field == "link_id");
            foreach ((string, uint) id in link >= 0 ? [ids[link]] : ids)
                Add(id, process, folder);
        }
    }

    private void Add((string, uint) id, int process, string folder)
    {
        if (!_holders.TryGetValue(id, out SortedSet<int>? processes))
            _holders.Add(id, processes = []);
        processes.Add(process);
        if (!_commands.ContainsKey(process))
            _commands.Add(process, SystemFile.TryRead($"{folder}/comm", out string command) == 0 ? command.Trim() : "?");
    }

    private static (string Field, uint Id) Parse(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        string field = colon < 0 ? "" : line[..colon];
        return
            field is "map_id" or "prog_id" or "link_id" && uint.TryParse(line.AsSpan(colon + 1), CultureInfo.InvariantCulture, out uint id)
            ? (field, id)
            : ("", 0);
    }

    private static string[] Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // The process has ended, or is another user's.
        }
    }
}
