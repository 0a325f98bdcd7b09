namespace BpfMaps;

/// <summary>A BPF command failed. The message says what was tried, on which map, what the kernel answered and, where it is known, what to do.</summary>
public class BpfException : Exception
{
    /// <summary>Makes an exception for a failed command.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="errno">What the kernel answered, a positive Linux error number; 0 where no command failed.</param>
    /// <param name="command">What was tried, in the kernel's words, such as <c>BPF_MAP_UPDATE_ELEM</c>.</param>
    /// <param name="mapName">The name of the map, where there is one.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public BpfException(string message, int errno, string command, string? mapName = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Errno = errno;
        Command = command;
        MapName = mapName;
    }

    /// <summary>The Linux error number, positive; 0 where the kernel refused nothing.</summary>
    public int Errno { get; }

    /// <summary>The name of <see cref="Errno"/>, such as <c>EINVAL</c>.</summary>
    public string ErrnoName => BpfMaps.Errno.Name(Errno);

    /// <summary>What was tried, in the kernel's words, such as <c>BPF_MAP_UPDATE_ELEM</c>.</summary>
    public string Command { get; }

    /// <summary>The name of the map, or <see langword="null"/> where none was involved or it has none.</summary>
    public string? MapName { get; }

    /// <summary>An exception of the right type for an error number that no operation has a result for.</summary>
    /// <param name="what">What was tried, as the subject of "failed".</param>
    /// <param name="errno">What the kernel answered.</param>
    /// <param name="command">The command.</param>
    /// <param name="mapName">The name of the map, if there is one.</param>
    /// <param name="advice">Whole sentences, or nothing.</param>
    internal static BpfException Of(string what, int errno, string command, string? mapName, string? advice)
    {
        string message = $"{what} failed: {command} answered {BpfMaps.Errno.Describe(errno)}." + (string.IsNullOrEmpty(advice) ? "" : " " + advice);
        return errno switch
        {
            BpfMaps.Errno.EPERM or BpfMaps.Errno.EACCES => new BpfPermissionException(message, errno, command, mapName),
            BpfMaps.Errno.ENOTSUPP or BpfMaps.Errno.EOPNOTSUPP => new BpfNotSupportedException(message, errno, command, mapName),
            _ => new BpfException(message, errno, command, mapName),
        };
    }
}

/// <summary>The process may not do this: a capability is missing, the descriptor is read-only or write-only, or the map is frozen (EPERM, EACCES).</summary>
/// <inheritdoc cref="BpfException(string, int, string, string?, Exception?)"/>
public sealed class BpfPermissionException(string message, int errno, string command, string? mapName = null, Exception? innerException = null)
    : BpfException(message, errno, command, mapName, innerException);

/// <summary>The kernel, or the host that stands in for it, has no such operation for this kind of map (ENOTSUPP 524, EOPNOTSUPP 95).</summary>
/// <inheritdoc cref="BpfException(string, int, string, string?, Exception?)"/>
public sealed class BpfNotSupportedException(string message, int errno, string command, string? mapName = null, Exception? innerException = null)
    : BpfException(message, errno, command, mapName, innerException);

/// <summary>The map holds <c>max_entries</c> elements and the new one found no room (E2BIG; ENOSPC for tries).</summary>
/// <inheritdoc cref="BpfException(string, int, string, string?, Exception?)"/>
public sealed class BpfMapFullException(string message, int errno, string command, string? mapName = null, Exception? innerException = null)
    : BpfException(message, errno, command, mapName, innerException);

/// <summary>A map that was opened is not the map that was declared. Nothing was read or written.</summary>
/// <param name="message">The whole message, which lists the differences.</param>
/// <param name="differences">Every difference found, one sentence each.</param>
/// <param name="mapName">The name of the map.</param>
public sealed class BpfMapMismatchException(string message, IReadOnlyList<string> differences, string? mapName = null)
    : BpfException(message, 0, "BPF_OBJ_GET_INFO_BY_FD", mapName)
{
    /// <summary>Every difference between the declaration and the map, one sentence each.</summary>
    public IReadOnlyList<string> Differences { get; } = differences;
}
