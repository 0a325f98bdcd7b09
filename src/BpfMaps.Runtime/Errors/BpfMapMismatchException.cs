namespace BpfMaps;

/// <summary>The exception for opening a map that does not match its declaration. Nothing was read or written.</summary>
public sealed class BpfMapMismatchException : BpfException
{
    internal BpfMapMismatchException(string message, IReadOnlyList<string> differences, string? mapName = null)
        : base(message, 0, BpfCommand.ObjGetInfoByFd.Name(), mapName) => Differences = differences;

    /// <summary>Gets all differences between the declaration and the map, one sentence each.</summary>
    public IReadOnlyList<string> Differences { get; }
}
