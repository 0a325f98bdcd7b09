namespace BpfMaps;

/// <summary>
/// A command of a host that can be made to fail or be intercepted: see <see cref="InMemoryBpfHost.FailNext"/> and
/// <see cref="InMemoryBpfHost.BeforeNext"/>.
/// </summary>
public enum BpfMapCommand
{
    /// <summary>Creates a map (BPF_MAP_CREATE).</summary>
    Create = BpfCommand.MapCreate,

    /// <summary>Opens a pin (BPF_OBJ_GET).</summary>
    OpenPinned = BpfCommand.ObjGet,

    /// <summary>Opens a map by its id (BPF_MAP_GET_FD_BY_ID).</summary>
    OpenById = BpfCommand.MapGetFdById,

    /// <summary>Pins a map (BPF_OBJ_PIN).</summary>
    Pin = BpfCommand.ObjPin,

    /// <summary>Removes a pin (unlink).</summary>
    Unpin = BpfCommand.Unlink,

    /// <summary>Freezes a map (BPF_MAP_FREEZE).</summary>
    Freeze = BpfCommand.MapFreeze,

    /// <summary>Maps a map's memory (mmap).</summary>
    MapMemory = BpfCommand.Mmap,

    /// <summary>Reads an element (BPF_MAP_LOOKUP_ELEM).</summary>
    Lookup = BpfCommand.MapLookupElem,

    /// <summary>Reads and removes an element (BPF_MAP_LOOKUP_AND_DELETE_ELEM).</summary>
    LookupAndDelete = BpfCommand.MapLookupAndDeleteElem,

    /// <summary>Writes an element (BPF_MAP_UPDATE_ELEM).</summary>
    Update = BpfCommand.MapUpdateElem,

    /// <summary>Removes an element (BPF_MAP_DELETE_ELEM).</summary>
    Delete = BpfCommand.MapDeleteElem,

    /// <summary>Finds the next key (BPF_MAP_GET_NEXT_KEY).</summary>
    GetNextKey = BpfCommand.MapGetNextKey,

    /// <summary>Reads many elements (BPF_MAP_LOOKUP_BATCH).</summary>
    LookupBatch = BpfCommand.MapLookupBatch,

    /// <summary>Reads and removes many elements (BPF_MAP_LOOKUP_AND_DELETE_BATCH).</summary>
    LookupAndDeleteBatch = BpfCommand.MapLookupAndDeleteBatch,

    /// <summary>Writes many elements (BPF_MAP_UPDATE_BATCH).</summary>
    UpdateBatch = BpfCommand.MapUpdateBatch,

    /// <summary>Removes many elements (BPF_MAP_DELETE_BATCH).</summary>
    DeleteBatch = BpfCommand.MapDeleteBatch,

    /// <summary>Loads type information (BPF_BTF_LOAD). This command belongs to no map.</summary>
    LoadBtf = BpfCommand.BtfLoad,
}
