using System.CommandLine;
using System.Globalization;

namespace BpfMaps.Tool.Commands;

/// <summary>Opens a map by the path of a pin, an id, or a name.</summary>
internal static class MapTarget
{
    public const string Description = "The path of a pin, the id of a map, or the name of a map.";

    /// <summary>Gets the argument of commands on a loaded map, which completes names.</summary>
    public static Argument<string> CreateArgument()
    {
        Argument<string> target = new("map") { Description = Description };
        target.CompletionSources.Add(static _ => Names());
        return target;
    }

    /// <exception cref="KeyNotFoundException">No map, or more than one, has this name.</exception>
    public static RawMap Open(string target, BpfMapAccess access = BpfMapAccess.ReadOnly)
    {
        if (uint.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out uint id))
            return RawMap.OpenById(id, access);
        if (target.Contains('/', StringComparison.Ordinal))
            return RawMap.OpenPinned(target, access);

        BpfMapInfo[] named = [.. RawMap.EnumerateLoaded().Where(info => info.Name == target)];
        return named.Length switch
        {
            1 => RawMap.OpenById(named[0].Id, access),
            0 => throw new KeyNotFoundException($"no loaded map is named '{target}'; 'bpfmaps list' lists all maps"),
            _ => throw new KeyNotFoundException(
                $"{named.Length} maps are named '{target}'; use the id of one of them ({string.Join(", ", named.Select(info => info.Id))})"
            ),
        };
    }

    private static string[] Names()
    {
        try
        {
            return [.. RawMap.EnumerateLoaded().Select(static info => info.Name).Where(static name => name.Length != 0).Distinct()];
        }
        catch (BpfException)
        {
            return []; // Without privileges there is nothing to complete.
        }
    }
}
