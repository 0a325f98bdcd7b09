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
    internal BpfException(string message, int errno, string command, string? mapName = null, Exception? innerException = null)
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
    /// <param name="command">The command.</param>
    /// <param name="mapName">The name of the map, if there is one.</param>
    /// <param name="advice">Complete sentences, or nothing.</param>
    internal static BpfException Of(string what, int errno, BpfCommand command, string? mapName, string? advice)
    {
        string name = command.Name();
        string message =
            $"{what} failed: {name} returned {BpfMaps.Errno.Describe(errno)}." + (string.IsNullOrEmpty(advice) ? "" : " " + advice);
        return errno switch
        {
            BpfMaps.Errno.EPERM or BpfMaps.Errno.EACCES => new BpfPermissionException(message, errno, name, mapName),
            BpfMaps.Errno.ENOTSUPP or BpfMaps.Errno.EOPNOTSUPP => new BpfNotSupportedException(message, errno, name, mapName),
            _ => new BpfException(message, errno, name, mapName),
        };
    }
}
