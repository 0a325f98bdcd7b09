namespace BpfMaps;

/// <summary>
/// The exception for operations that the kernel, or the host that replaces it, does not support for the map type (ENOTSUPP 524, EOPNOTSUPP
/// 95).
/// </summary>
/// <inheritdoc cref="BpfException(string, int, string, string?, Exception?)"/>
public sealed class BpfNotSupportedException : BpfException
{
    internal BpfNotSupportedException(string message, int errno, string command, string? mapName = null, Exception? innerException = null)
        : base(message, errno, command, mapName, innerException) { }
}
