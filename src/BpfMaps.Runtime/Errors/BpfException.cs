namespace BpfMaps;

/// <summary>
/// The exception for a failed BPF operation. The message contains the operation, the map, the error and, if known, what to do.
/// </summary>
public class BpfException : Exception
{
    /// <summary>Initializes a new instance for a failed command.</summary>
    /// <param name="message">The complete message.</param>
    /// <param name="errno">The positive Linux error number; 0 if no command failed.</param>
    /// <param name="command">The kernel's name of the command, such as <c>BPF_MAP_UPDATE_ELEM</c>.</param>
    /// <param name="mapName">The name of the map, if there is one.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public BpfException(string message, int errno, string command, string? mapName = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Errno = errno;
        Command = command;
        MapName = mapName;
    }

    /// <summary>Gets the positive Linux error number; 0 if no command failed.</summary>
    public int Errno { get; }

    /// <summary>Gets the name of <see cref="Errno"/>, such as <c>EINVAL</c>.</summary>
    public string ErrnoName => BpfMaps.Errno.Name(Errno);

    /// <summary>Gets the kernel's name of the command, such as <c>BPF_MAP_UPDATE_ELEM</c>.</summary>
    public string Command { get; }

    /// <summary>Gets the name of the map, or <see langword="null"/> if there is no map or it has no name.</summary>
    public string? MapName { get; }

    /// <summary>Creates the matching exception for an error number that the operation does not handle.</summary>
    /// <param name="what">The operation, as the subject of "failed".</param>
    /// <param name="errno">The error number.</param>
    /// <param name="command">The kernel's name of the command.</param>
    /// <param name="mapName">The name of the map, if there is one.</param>
    /// <param name="advice">Complete sentences, or nothing.</param>
    internal static BpfException Of(string what, int errno, string command, string? mapName, string? advice)
    {
        string message = $"{what} failed: {command} returned {BpfMaps.Errno.Describe(errno)}."
            + (string.IsNullOrEmpty(advice) ? "" : " " + advice);
        return errno switch
        {
            BpfMaps.Errno.EPERM or BpfMaps.Errno.EACCES => new BpfPermissionException(message, errno, command, mapName),
            BpfMaps.Errno.ENOTSUPP or BpfMaps.Errno.EOPNOTSUPP => new BpfNotSupportedException(message, errno, command, mapName),
            _ => new BpfException(message, errno, command, mapName),
        };
    }
}

/// <summary>
/// The exception for denied operations: a capability is missing, the descriptor is read-only or write-only, or the map is frozen (EPERM,
/// EACCES).
/// </summary>
/// <inheritdoc cref="BpfException(string, int, string, string?, Exception?)"/>
public sealed class BpfPermissionException(string message, int errno, string command, string? mapName = null, Exception? innerException = null)
    : BpfException(message, errno, command, mapName, innerException);

/// <summary>
/// The exception for operations that the kernel, or the host that replaces it, does not support for the map type (ENOTSUPP 524, EOPNOTSUPP
/// 95).
/// </summary>
/// <inheritdoc cref="BpfException(string, int, string, string?, Exception?)"/>
public sealed class BpfNotSupportedException(string message, int errno, string command, string? mapName = null, Exception? innerException = null)
    : BpfException(message, errno, command, mapName, innerException);

/// <summary>
/// The exception for adding an element to a map that already holds <c>max_entries</c> elements (E2BIG; ENOSPC for tries).
/// </summary>
/// <inheritdoc cref="BpfException(string, int, string, string?, Exception?)"/>
public sealed class BpfMapFullException(string message, int errno, string command, string? mapName = null, Exception? innerException = null)
    : BpfException(message, errno, command, mapName, innerException);

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
