namespace BpfMaps.InMemory;

/// <summary>The kernel's helper functions for map operations.</summary>
internal enum ProgramHelper
{
    Lookup,
    LookupMap,

    /// <summary>A lookup, and a write through the returned pointer.</summary>
    Modify,
    Update,
    Delete,
    Push,
    Pop,
    Peek,
    MayContain,
    Output,
    Reserve,
    Query,
    Drain,
}
