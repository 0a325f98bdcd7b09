namespace BpfMaps;

/// <summary>What a host is asked to do, for faults on one of it: <see cref="InMemoryBpfHost.FailNext"/>, <see cref="InMemoryBpfHost.BeforeNext"/>.</summary>
public enum BpfMapCommand
{
    /// <summary>Creating a map (BPF_MAP_CREATE).</summary>
    Create,

    /// <summary>Opening a pin (BPF_OBJ_GET).</summary>
    OpenPinned,

    /// <summary>Opening a map by its id (BPF_MAP_GET_FD_BY_ID).</summary>
    OpenById,

    /// <summary>Pinning (BPF_OBJ_PIN).</summary>
    Pin,

    /// <summary>Removing a pin (unlink).</summary>
    Unpin,

    /// <summary>Freezing (BPF_MAP_FREEZE).</summary>
    Freeze,

    /// <summary>Mapping a map's memory (mmap).</summary>
    MapMemory,

    /// <summary>Reading an element (BPF_MAP_LOOKUP_ELEM).</summary>
    Lookup,

    /// <summary>Reading and removing an element (BPF_MAP_LOOKUP_AND_DELETE_ELEM).</summary>
    LookupAndDelete,

    /// <summary>Writing an element (BPF_MAP_UPDATE_ELEM).</summary>
    Update,

    /// <summary>Removing an element (BPF_MAP_DELETE_ELEM).</summary>
    Delete,

    /// <summary>Finding the next key (BPF_MAP_GET_NEXT_KEY).</summary>
    GetNextKey,

    /// <summary>Reading many elements (BPF_MAP_LOOKUP_BATCH).</summary>
    LookupBatch,

    /// <summary>Reading and removing many elements (BPF_MAP_LOOKUP_AND_DELETE_BATCH).</summary>
    LookupAndDeleteBatch,

    /// <summary>Writing many elements (BPF_MAP_UPDATE_BATCH).</summary>
    UpdateBatch,

    /// <summary>Removing many elements (BPF_MAP_DELETE_BATCH).</summary>
    DeleteBatch,

    /// <summary>Loading type information (BPF_BTF_LOAD); it belongs to no map.</summary>
    LoadBtf,
}
