using System.Globalization;
using BpfMaps.Interop;

namespace BpfMaps.Tool.Loaded;

/// <summary>
/// Finds processes that read a ring or perf buffers: they hold the map, and have memory of such an object mapped in which they can write
/// their position. Those that only look at it, as <c>top</c> does, cannot.
/// </summary>
internal static class Readers
{
    public static IReadOnlyList<Owner> Of(RawMap map)
    {
        string memory = map.Info.Type == BpfMapType.PerfEventArray ? "anon_inode:[perf_event]" : "anon_inode:bpf-map";
        return [.. Owners.Find().OfMap(map.Info.Id).Where(owner => Maps(owner.ProcessId, memory))];
    }

    private static bool Maps(int process, string memory) =>
        SystemFile.TryRead(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/maps"), out string text) == 0
        && text.Split('\n')
            .Any(line => line.EndsWith(memory, StringComparison.Ordinal) && line.Contains(" rw-s ", StringComparison.Ordinal));
}
