namespace BpfMaps;

/// <summary>
/// The exception for denied operations: a capability is missing, the descriptor is read-only or write-only, or the map is frozen (EPERM,
/// EACCES).
/// </summary>
/// <inheritdoc cref="BpfException(string, int, string, string?, Exception?)"/>
public sealed class BpfPermissionException : BpfException
{
    internal BpfPermissionException(string message, int errno, string command, string? mapName = null, Exception? innerException = null)
        : base(message, errno, command, mapName, innerException) { }
}
