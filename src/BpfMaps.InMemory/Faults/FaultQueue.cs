namespace BpfMaps.InMemory;

/// <summary>The requested faults, in the order of the requests.</summary>
internal sealed class FaultQueue
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];
    private volatile bool _isArmed;

    /// <summary>Whether any fault is pending. Without pending faults, a command reads nothing else.</summary>
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

    /// <summary>Runs the faults that apply to a command: the first matching action, then the first matching failure.</summary>
    /// <param name="command">The command.</param>
    /// <param name="map">The name of the map, if there is one.</param>
    /// <returns>The error number of the command; 0 if it is to be executed.</returns>
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

        // Outside the lock: the action may use the host, including its faults.
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
