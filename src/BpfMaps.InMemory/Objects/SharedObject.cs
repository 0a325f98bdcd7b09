namespace BpfMaps.InMemory;

/// <summary>Base class of reference-counted objects. Descriptors, pins, mappings and outer maps hold references.</summary>
internal abstract class SharedObject
{
    private int _holders = 1;

    /// <summary>The id that the host assigned; unique during the object's lifetime.</summary>
    public uint Id { get; set; }

    /// <summary>The name that the object was created with; empty if it has none.</summary>
    public virtual string Name => "";

    /// <summary>Acquires a reference, to be released with <see cref="Release"/>.</summary>
    /// <returns><see langword="false"/> if the last reference was released already.</returns>
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

    /// <summary>Releases a reference. Releasing the last one frees the object.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            Free();
    }

    /// <summary>Removes the id and releases everything that the object holds. Called once.</summary>
    protected abstract void Free();
}
