using BpfMaps.Tool.Loaded;

namespace BpfMaps.Tool.Top;

/// <summary>A map at the time of a refresh.</summary>
/// <param name="Info">Its properties.</param>
/// <param name="Owners">The processes that hold it.</param>
/// <param name="Memory">Its memory in bytes.</param>
/// <param name="Entries">The number of its entries; <see langword="null"/> if they cannot be counted.</param>
/// <param name="IsPart">Whether it has more entries than were read.</param>
/// <param name="ChangesPerSecond">
/// The entries that were added, removed or changed since the last refresh, for each second; <see langword="null"/> if it is not known.
/// </param>
internal sealed record MapSample(
    BpfMapInfo Info,
    IReadOnlyList<Owner> Owners,
    ulong Memory,
    long? Entries,
    bool IsPart,
    double? ChangesPerSecond
)
{
    /// <summary>The share of the capacity that is used, from 0 to 1; arrays are always full.</summary>
    public double? Fill => Entries is { } entries && !IsPart && Info.MaxEntries != 0 ? (double)entries / Info.MaxEntries : null;
}
