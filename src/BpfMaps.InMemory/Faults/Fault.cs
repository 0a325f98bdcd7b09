namespace BpfMaps.InMemory;

/// <summary>A fault: an action that runs before a command, or a failure that replaces it.</summary>
/// <param name="Command">The command.</param>
/// <param name="Map">The name of the map, or <see langword="null"/> for any map.</param>
internal sealed record Fault(BpfMapCommand Command, string? Map)
{
    /// <summary>The action that runs before the command.</summary>
    public Action? Action { get; init; }

    /// <summary>The error number of the command.</summary>
    public int Errno { get; init; }

    /// <summary>The number of remaining occurrences.</summary>
    public int Times { get; set; } = 1;
}
