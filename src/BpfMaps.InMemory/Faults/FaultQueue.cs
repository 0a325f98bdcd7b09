namespace BpfMaps.InMemory;

/// <summary>What is to happen at the next commands, in the order in which it was asked for.</summary>
internal sealed class FaultQueue
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];
    private volatile bool _isArmed;

    /// <summary>Whether anything is to happen at all: all that a command looks at while nothing is.</summary>
    public bool IsArmed => _isArmed;

    public void Add(Fault fault)
    {
        lock (_gate)
        {
            _faults.Add(fault);
            _isArmed = true;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
            _isArmed = false;
        }
    }

    /// <summary>Lets happen what is due at a command: the first action that waits for it, then the first failure.</summary>
    /// <param name="command">The command.</param>
    /// <param name="map">The map's name, if there is a map.</param>
    /// <returns>What the command is to answer; 0 if it is to be executed.</returns>
    public int Strike(BpfMapCommand command, string? map)
    {
        Action? action;
        int errno;
        lock (_gate)
        {
            action = Take(command, map, static fault => fault.Action is not null)?.Action;
            errno = Take(command, map, static fault => fault.Action is null)?.Errno ?? Errno.Ok;
            _isArmed = _faults.Count != 0;
        }

        // Without the lock: it may use the host as it likes, faults included.
        action?.Invoke();
        return errno;
    }

    private Fault? Take(BpfMapCommand command, string? map, Predicate<Fault> isWanted)
    {
        Fault? fault = _faults.Find(fault => fault.Command == command && (fault.Map is null || fault.Map == map) && isWanted(fault));
        if (fault is not null && --fault.Times == 0)
            _faults.Remove(fault);
        return fault;
    }
}

/// <summary>Something that is to happen at a command: an action before it, or a failure instead of it.</summary>
/// <param name="Command">The command.</param>
/// <param name="Map">The name of the map that it is to be on, or <see langword="null"/> for any.</param>
internal sealed record Fault(BpfMapCommand Command, string? Map)
{
    /// <summary>What happens before the command.</summary>
    public Action? Action { get; init; }

    /// <summary>What the command answers.</summary>
    public int Errno { get; init; }

    /// <summary>How often it is still to happen.</summary>
    public int Times { get; set; } = 1;
}
