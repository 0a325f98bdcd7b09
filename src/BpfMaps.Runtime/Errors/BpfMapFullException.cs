namespace BpfMaps;

/// <summary>
/// The exception for adding an element to a map that already holds <c>max_entries</c> elements (E2BIG; ENOSPC for tries).
/// </summary>
/// <inheritdoc cref="BpfException(string, int, string, string?, Exception?)"/>
public sealed class BpfMapFullException : BpfException
{
    internal BpfMapFullException(string message, int errno, string command, string? mapName = null, Exception? innerException = null)
        : base(message, errno, command, mapName, innerException) { }
}
