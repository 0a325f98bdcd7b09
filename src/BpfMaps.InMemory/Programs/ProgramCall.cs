using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace BpfMaps.InMemory;

/// <summary>One helper call of a program on a map. Holds a reference to the map and rejects what the verifier rejects.</summary>
internal readonly ref struct ProgramCall
{
    private readonly ProgramHelper _helper;

    /// <param name="tables">The host.</param>
    /// <param name="reference">The map.</param>
    /// <param name="helper">The helper function.</param>
    /// <exception cref="ArgumentException">No map or more than one map has this name.</exception>
    /// <exception cref="InvalidOperationException">The verifier rejects this call.</exception>
    public ProgramCall(HostTables tables, InMemoryMapReference reference, ProgramHelper helper)
    {
        _helper = helper;
        Map = Hold(tables, reference);
        try
        {
            CheckVerifierRules();
        }
        catch
        {
            Map.Release();
            throw;
        }
    }

    public InMemoryMap Map { get; }

    private string What => $"{_helper.Name()} on map '{Map.Shape.Name}' ({Map.Shape.Type})";

    public void Dispose() => Map.Release();

    /// <summary>Checks the size of the key type and returns its padding.</summary>
    public PaddingFormat KeyFormat<TKey>()
        where TKey : unmanaged
    {
        CheckSize<TKey>("key", Map.Shape.KeySize);
        return Map.Shape.KeyPadding;
    }

    /// <summary>Checks the size of the value type and returns its padding.</summary>
    public PaddingFormat ValueFormat<TValue>()
        where TValue : unmanaged
    {
        CheckSize<TValue>("value", Map.Shape.ValueSize);
        return Map.Shape.ValuePadding;
    }

    /// <summary>Converts the error number of a lookup to whether it found something.</summary>
    public bool Found(int errno) =>
        errno switch
        {
            Errno.Ok => true,
            Errno.ENOENT => false,
            _ => throw Refused(errno),
        };

    /// <summary>Converts the error number of an update to its result.</summary>
    public BpfUpdateResult Updated(int errno) =>
        errno switch
        {
            Errno.Ok => BpfUpdateResult.Ok,
            Errno.EEXIST => BpfUpdateResult.AlreadyExists,
            Errno.ENOENT => BpfUpdateResult.NotFound,
            Errno.E2BIG or Errno.ENOSPC => BpfUpdateResult.Full,
            _ => throw Refused(errno),
        };

    /// <summary>Throws for an error that a program would usually ignore.</summary>
    [DoesNotReturn]
    public void Refuse(int errno) => throw Refused(errno);

    private static InMemoryMap Hold(HostTables tables, InMemoryMapReference reference)
    {
        if (reference.Map is not { } found)
            return tables.HoldByName(
                reference.Name ?? throw new ArgumentException("The map reference is empty: it has no name and no map.", nameof(reference))
            );
        return found.TryHold()
            ? found
            : throw new InvalidOperationException($"The map that was found, {reference}, was removed: nothing holds it any more.");
    }

    private void CheckVerifierRules()
    {
        if (!_helper.Accepts(Map.Shape.Type))
            throw new InvalidOperationException($"{What}: the verifier rejects programs that call this function with a map of this type.");
        if (_helper.Writes() && (Map.Shape.Flags & BpfMapFlags.ReadOnlyProgram) != 0)
            throw new InvalidOperationException(
                $"{What}: the map was created with {BpfMapFlags.ReadOnlyProgram}, so the verifier rejects programs that write to it."
            );
        if (_helper.Reads() && (Map.Shape.Flags & BpfMapFlags.WriteOnlyProgram) != 0)
            throw new InvalidOperationException(
                $"{What}: the map was created with {BpfMapFlags.WriteOnlyProgram}, so the verifier rejects programs that read it."
            );
    }

    private void CheckSize<T>(string what, int size)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != size)
            throw new ArgumentException(
                $"{What}: the {what} type {typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes, but the map's {what}_size is {size}.",
                what
            );
    }

    private InvalidOperationException Refused(int errno) => new($"{What}: the call fails with {Errno.Describe(errno)}.");
}
