using System.Globalization;

namespace BpfMaps.Tool.Commands;

/// <summary>Opens a map by the path of a pin, an id, or a name.</summary>
internal static class MapTarget
{
    public const string Description = "The path of a pin, the id of a map, or the name of a map.";

    /// <exception cref="KeyNotFoundException">No map, or more than one, has this name.</exception>
    public static RawMap Open(string target)
    {
        if (uint.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out uint id))
            return RawMap.OpenById(id, access: BpfMapAccess.ReadOnly);
        if (target.Contains('/', StringComparison.Ordinal))
            return RawMap.OpenPinned(target, BpfMapAccess.ReadOnly);

        BpfMapInfo[] named = [.. RawMap.EnumerateLoaded().Where(info => info.Name == target)];
        return named.Length switch
        {
            1 => RawMap.OpenById(named[0].Id, access: BpfMapAccess.ReadOnly),
            0 => throw new KeyNotFoundException($"no loaded map is named '{target}'; 'bpfmaps list' lists all maps"),
            _ => throw new KeyNotFoundException(
                $"{named.Length} maps are named '{target}'; use the id of one of them ({string.Join(", ", named.Select(info => info.Id))})"
            ),
        };
    }
}
