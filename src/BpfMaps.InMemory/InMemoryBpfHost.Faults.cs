using BpfMaps.InMemory;

namespace BpfMaps;

// Fault injection for tests of applications.
public sealed partial class InMemoryBpfHost
{
    private readonly FaultQueue _faults = new();

    /// <summary>Makes the next matching commands fail without executing them.</summary>
    /// <remarks>Faults on the same command occur in the order of the requests.</remarks>
    /// <param name="command">The command.</param>
    /// <param name="errno">The positive Linux error number that the command fails with, such as 12 for ENOMEM.</param>
    /// <param name="times">The number of commands that fail.</param>
    /// <param name="map">The name of the map; <see langword="null"/> for any map.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="errno"/> or <paramref name="times"/> is less than 1, or
    /// <paramref name="command"/> is not defined.</exception>
    public void FailNext(BpfMapCommand command, int errno, int times = 1, string? map = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(errno, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        ThrowIfUnknown(command);
        _faults.Add(new Fault(command, map) { Errno = errno, Times = times });
    }

    /// <summary>Runs an action just before the next matching command is executed, to simulate an interfering program or process.</summary>
    /// <remarks>
    /// For example, delete a key between the call that finds it and the call that reads it, or change a map during its enumeration. The
    /// action runs once, on the thread of the command; its exceptions propagate to the caller of the command. Call this method again to
    /// intercept a later command.
    /// </remarks>
    /// <param name="command">The command.</param>
    /// <param name="action">The action. Its program runs on the CPU that is <see cref="CurrentCpu"/> at that time.</param>
    /// <param name="map">The name of the map; <see langword="null"/> for any map.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="command"/> is not defined.</exception>
    public void BeforeNext(BpfMapCommand command, Action<InMemoryProgram> action, string? map = null)
    {
        ArgumentNullException.ThrowIfNull(action);
        ThrowIfUnknown(command);
        _faults.Add(new Fault(command, map) { Action = () => action(AsProgram()) });
    }

    /// <summary>
    /// Makes a map reject new elements as if it held <c>max_entries</c> elements. Existing elements can still be replaced. In a ring
    /// buffer, programs cannot reserve space.
    /// </summary>
    /// <param name="map">The name of the map.</param>
    /// <param name="isFull"><see langword="true"/> to treat the map as full; <see langword="false"/> to restore its actual state.</param>
    /// <exception cref="ArgumentException">No map or more than one map has this name, or the map's type can never be full.</exception>
    public void SetFull(string map, bool isFull = true)
    {
        InMemoryMap target = _tables.HoldByName(map);
        try
        {
            if (!target.CanBeFull)
                throw new ArgumentException(
                    $"Map '{map}' ({target.Shape.Type}) is never full: arrays always hold all their elements, LRU maps evict, "
                        + "bloom filters only return more false positives, and only its writer can fill a user ring buffer.",
                    nameof(map)
                );
            target.IsHeldFull = isFull;
        }
        finally
        {
            target.Release();
        }
    }

    /// <summary>Removes all pending faults and restores the actual state of every map.</summary>
    public void ClearFaults()
    {
        _faults.Clear();
        foreach (InMemoryMap map in _tables.Maps.ToArray())
            map.IsHeldFull = false;
    }

    private static void ThrowIfUnknown(BpfMapCommand command)
    {
        if (!Enum.IsDefined(command))
            throw new ArgumentOutOfRangeException(nameof(command), command, "The command is not defined.");
    }
}
