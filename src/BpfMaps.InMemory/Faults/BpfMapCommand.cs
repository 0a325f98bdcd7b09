namespace BpfMaps;

/// <summary>
/// A command of a host that can be made to fail or be intercepted: see <see cref="InMemoryBpfHost.FailNext"/> and
/// <see cref="InMemoryBpfHost.BeforeNext"/>.
/// </summary>
public enum BpfMapCommand
{
    /// <summary>Creates a map (BPF_MAP_CREATE).</summary>
    Create,

    /// <summary>Opens a pin (BPF_OBJ_GET).</summary>
    OpenPinned,

    /// <summary>Opens a map by its id (BPF_MAP_GET_FD_BY_ID).</summary>
    OpenById,

    /// <summary>Pins a map (BPF_OBJ_PIN).</summary>
    Pin,

    /// <summary>Removes a pin (unlink).</summary>
    Unpin,

    /// <summary>Freezes a map (BPF_MAP_FREEZE).</summary>
    Freeze,

    /// <summary>Maps a map's memory (mmap).</summary>
    MapMemory,

    /// <summary>Reads an element (BPF_MAP_LOOKUP_ELEM).</summary>
    Lookup,

    /// <summary>Reads and removes an element (BPF_MAP_LOOKUP_AND_DELETE_ELEM).</summary>
    LookupAndDelete,

    /// <summary>Writes an element (BPF_MAP_UPDATE_ELEM).</summary>
    Update,

    /// <summary>Removes an element (BPF_MAP_DELETE_ELEM).</summary>
    Delete,

    /// <summary>Finds the next key (BPF_MAP_GET_NEXT_KEY).</summary>
    GetNextKey,

    /// <summary>Reads many elements (BPF_MAP_LOOKUP_BATCH).</summary>
    LookupBatch,

    /// <summary>Reads and removes many elements (BPF_MAP_LOOKUP_AND_DELETE_BATCH).</summary>
    LookupAndDeleteBatch,

    /// <summary>Writes many elements (BPF_MAP_UPDATE_BATCH).</summary>
    UpdateBatch,

    /// <summary>Removes many elements (BPF_MAP_DELETE_BATCH).</summary>
    DeleteBatch,

    /// <summary>Loads type information (BPF_BTF_LOAD). This command belongs to no map.</summary>
    LoadBtf,
}
