using System.Globalization;

namespace BpfMaps.Tool.Commands;

/// <summary>The map that a user means by a pin's path, an id, or a name.</summary>
internal static class MapTarget
{
    public const string Description = "A pin's path, a map's id, or a map's name.";

    /// <exception cref="KeyNotFoundException">No map, or more than one, is called so.</exception>
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
            0 => throw new KeyNotFoundException($"no loaded map is called '{target}': 'bpfmaps list' shows those that there are"),
            _ => throw new KeyNotFoundException($"{named.Length} maps are called '{target}': name one by its id ({string.Join(", ", named.Select(info => info.Id))})"),
        };
    }
}
