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
/// <param name="UnreadBytes">Of ring buffers, the bytes of records that are not consumed; otherwise <see langword="null"/>.</param>
internal sealed record MapSample(
    BpfMapInfo Info,
    IReadOnlyList<Owner> Owners,
    ulong Memory,
    long? Entries,
    bool IsPart,
    double? ChangesPerSecond,
    long? UnreadBytes = null
)
{
    /// <summary>The share of the capacity that is used, from 0 to 1; arrays are always full.</summary>
    public double? Fill =>
        (UnreadBytes ?? (IsPart ? null : Entries)) is { } used && Info.MaxEntries != 0 ? (double)used / Info.MaxEntries : null;
}
