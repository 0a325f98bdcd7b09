namespace BpfMaps;

/// <summary>The operation of a cursor on each element.</summary>
internal enum BpfBatchMode
{
    Lookup,
    LookupAndDelete,
    KeysOnly,
}
