using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace BpfMaps.InMemory;

/// <summary>One call of a program on a map: holds the map, and refuses what the verifier would.</summary>
internal readonly ref struct ProgramCall
{
    private readonly ProgramHelper _helper;

    /// <param name="tables">The host.</param>
    /// <param name="reference">The map.</param>
    /// <param name="helper">The function.</param>
    /// <exception cref="ArgumentException">No map has the name, or several have.</exception>
    /// <exception cref="InvalidOperationException">The verifier would not let a program do this.</exception>
    public ProgramCall(HostTables tables, InMemoryMapReference reference, ProgramHelper helper)
    {
        _helper = helper;
        Map = Hold(tables, reference);
        try
        {
            CheckLikeTheVerifier();
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

    /// <summary>Checks the type that stands for the map's keys, and tells its padding.</summary>
    public PaddingFormat KeyFormat<TKey>()
        where TKey : unmanaged
    {
        CheckSize<TKey>("key", Map.Shape.KeySize);
        return Map.Shape.KeyPadding;
    }

    /// <summary>Checks the type that stands for the map's values, and tells its padding.</summary>
    public PaddingFormat ValueFormat<TValue>()
        where TValue : unmanaged
    {
        CheckSize<TValue>("value", Map.Shape.ValueSize);
        return Map.Shape.ValuePadding;
    }

    /// <summary>Whether a call found something.</summary>
    public bool Found(int errno) => errno switch
    {
        Errno.Ok => true,
        Errno.ENOENT => false,
        _ => throw Refused(errno),
    };

    /// <summary>What became of an update.</summary>
    public BpfUpdateResult Updated(int errno) => errno switch
    {
        Errno.Ok => BpfUpdateResult.Ok,
        Errno.EEXIST => BpfUpdateResult.AlreadyExists,
        Errno.ENOENT => BpfUpdateResult.NotFound,
        Errno.E2BIG or Errno.ENOSPC => BpfUpdateResult.Full,
        _ => throw Refused(errno),
    };

    /// <summary>Says that the kernel refuses a call whose error a program would hardly look at.</summary>
    [DoesNotReturn]
    public void Refuse(int errno) => throw Refused(errno);

    private static InMemoryMap Hold(HostTables tables, InMemoryMapReference reference)
    {
        if (reference.Map is not { } found)
            return tables.HoldByName(reference.Name ?? throw new ArgumentException("The reference names no map.", nameof(reference)));
        return found.TryHold() ? found : throw new InvalidOperationException($"The map that was found, {reference}, is gone: nobody holds it any more.");
    }

    private void CheckLikeTheVerifier()
    {
        if (!_helper.Takes(Map.Shape.Type))
            throw new InvalidOperationException($"{What}: the verifier refuses a program that calls this function with a map of this kind.");
        if (_helper.Writes() && (Map.Shape.Flags & BpfMapFlags.ReadOnlyProgram) != 0)
            throw new InvalidOperationException($"{What}: the map was created with {BpfMapFlags.ReadOnlyProgram}, so the verifier refuses a program that writes to it.");
        if (_helper.Reads() && (Map.Shape.Flags & BpfMapFlags.WriteOnlyProgram) != 0)
            throw new InvalidOperationException($"{What}: the map was created with {BpfMapFlags.WriteOnlyProgram}, so the verifier refuses a program that reads it.");
    }

    private void CheckSize<T>(string what, int size)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != size)
            throw new ArgumentException($"{What}: the {what} type {typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes, and the map has {what}_size {size}.", what);
    }

    private InvalidOperationException Refused(int errno) => new($"{What}: the kernel answers {Errno.Describe(errno)} to a program that does this.");
}
