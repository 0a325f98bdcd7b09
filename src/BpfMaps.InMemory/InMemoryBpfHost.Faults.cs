using BpfMaps.InMemory;

namespace BpfMaps;

// What can be made to go wrong, for tests of applications.
public sealed partial class InMemoryBpfHost
{
    private readonly FaultQueue _faults = new();

    /// <summary>Lets the next commands of a kind fail without being executed.</summary>
    /// <remarks>Faults on the same command happen in the order in which they were asked for, each once it is due and no sooner.</remarks>
    /// <param name="command">Which command.</param>
    /// <param name="errno">What it answers: a Linux error number, positive, such as 12 for ENOMEM.</param>
    /// <param name="times">How many of them fail.</param>
    /// <param name="map">The name of the map that they are on; <see langword="null"/> for any.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="errno"/> or <paramref name="times"/> is less than 1, or there is no such command.</exception>
    public void FailNext(BpfMapCommand command, int errno, int times = 1, string? map = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(errno, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        ThrowIfUnknown(command);
        _faults.Add(new Fault(command, map) { Errno = errno, Times = times });
    }

    /// <summary>Lets something happen just before the next command of a kind is executed: what a program, or another process, might do at the worst of moments.</summary>
    /// <remarks>
    /// To delete a key between the call that finds it and the one that reads it, or to change a map while it is enumerated. The action runs on the
    /// thread of the command; what it throws comes out of the command's caller. It is done once; ask again for the command after.
    /// </remarks>
    /// <param name="command">Which command.</param>
    /// <param name="action">What happens. The program is on the CPU that is <see cref="CurrentCpu"/> at that time.</param>
    /// <param name="map">The name of the map that the command is on; <see langword="null"/> for any.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such command.</exception>
    public void BeforeNext(BpfMapCommand command, Action<InMemoryProgram> action, string? map = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        ThrowIfUnknown(command);
        _faults.Add(new Fault(command, map) { Action = () => action(AsProgram()) });
    }

    /// <summary>Lets a map refuse new elements as if it held <c>max_entries</c> of them. Those that it has can still be replaced. In a ring buffer programs find no room.</summary>
    /// <param name="map">The map's name.</param>
    /// <param name="isFull">Whether it is full from now on, or as full as it really is.</param>
    /// <exception cref="ArgumentException">No map has this name or several have, or the map is of a kind that is never full.</exception>
    public void SetFull(string map, bool isFull = true)
    {
        InMemoryMap target = _tables.HoldByName(map);
        try
        {
            if (!target.CanBeFull)
                throw new ArgumentException($"Map '{map}' ({target.Shape.Type}) is never full: arrays have all their elements from the beginning, LRU maps evict, bloom filters only err more often, and a user ring buffer is full when its writer has filled it.", nameof(map));
            target.IsHeldFull = isFull;
        }
        finally
        {
            target.Release();
        }
    }

    /// <summary>Forgets all faults that have not happened yet, and lets every map be as full as it really is.</summary>
    public void ClearFaults()
    {
        _faults.Clear();
        foreach (InMemoryMap map in _tables.Maps.ToArray())
            map.IsHeldFull = false;
    }

    private static void ThrowIfUnknown(BpfMapCommand command)
    {
        if (!Enum.IsDefined(command))
            throw new ArgumentOutOfRangeException(nameof(command), command, "There is no such command.");
    }
}
