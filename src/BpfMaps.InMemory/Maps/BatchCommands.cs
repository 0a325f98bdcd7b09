namespace BpfMaps.InMemory;

/// <summary>A set of batch commands.</summary>
[Flags]
internal enum BatchCommands
{
    None = 0,
    Lookup = 1,
    LookupAndDelete = 2,
    Update = 4,
    Delete = 8,
    All = Lookup | LookupAndDelete | Update | Delete,
}
