namespace BpfMaps;

/// <summary>The exception for opening a map that does not match its declaration. Nothing was read or written.</summary>
/// <param name="message">The complete message, including the differences.</param>
/// <param name="differences">All differences, one sentence each.</param>
/// <param name="mapName">The name of the map.</param>
public sealed class BpfMapMismatchException(string message, IReadOnlyList<string> differences, string? mapName = null)
    : BpfException(message, 0, "BPF_OBJ_GET_INFO_BY_FD", mapName)
{
    /// <summary>Gets all differences between the declaration and the map, one sentence each.</summary>
    public IReadOnlyList<string> Differences { get; } = differences;
}
