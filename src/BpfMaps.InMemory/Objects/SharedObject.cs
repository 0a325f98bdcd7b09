namespace BpfMaps.InMemory;

/// <summary>What descriptors, pins, mappings and other maps hold. It lives as long as one of them does.</summary>
internal abstract class SharedObject
{
    private int _holders = 1;

    /// <summary>The number that the host gave it; unique while it lives.</summary>
    public uint Id { get; set; }

    /// <summary>The name that it was created with; empty if it has none.</summary>
    public virtual string Name => "";

    /// <summary>Becomes one more holder, who owes a <see cref="Release"/>.</summary>
    /// <returns><see langword="false"/> if the last holder has let go already.</returns>
    public bool TryHold()
    {
        int holders = Volatile.Read(ref _holders);
        while (holders != 0)
        {
            int seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
                return true;
            holders = seen;
        }

        return false;
    }

    /// <summary>Lets go. The last holder frees the object.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            Free();
    }

    /// <summary>Gives up the id and whatever the object holds itself. Called once.</summary>
    protected abstract void Free();
}
