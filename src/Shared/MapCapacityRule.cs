namespace BpfMaps;

/// <summary>The unit of the capacity (<c>max_entries</c>) of a map type.</summary>
internal enum MapCapacityRule
{
    /// <summary>Elements.</summary>
    Elements,

    /// <summary>One element per CPU; by default for all possible CPUs.</summary>
    Cpus,

    /// <summary>Bytes of a ring: a power of two of pages.</summary>
    Bytes,

    /// <summary>Pages of memory.</summary>
    Pages,

    /// <summary>No capacity, because the values belong to other kernel objects: <c>max_entries</c> is 0.</summary>
    None,
}
