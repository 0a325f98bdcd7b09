namespace BpfMaps;

/// <summary>
/// The commands of bpf(2) that the runtime issues (<c>enum bpf_cmd</c>), and, as negative numbers, other system calls.
/// </summary>
internal enum BpfCommand
{
    MapCreate = 0,
    MapLookupElem = 1,
    MapUpdateElem = 2,
    MapDeleteElem = 3,
    MapGetNextKey = 4,
    ProgLoad = 5,
    ObjPin = 6,
    ObjGet = 7,
    ProgTestRun = 10,
    ProgGetNextId = 11,
    MapGetNextId = 12,
    ProgGetFdById = 13,
    MapGetFdById = 14,
    ObjGetInfoByFd = 15,
    RawTracepointOpen = 17,
    BtfLoad = 18,
    BtfGetFdById = 19,
    MapLookupAndDeleteElem = 21,
    MapFreeze = 22,
    MapLookupBatch = 24,
    MapLookupAndDeleteBatch = 25,
    MapUpdateBatch = 26,
    MapDeleteBatch = 27,
    LinkCreate = 28,
    LinkUpdate = 29,
    LinkGetFdById = 30,
    LinkGetNextId = 31,
    EnableStats = 32,
    IterCreate = 33,
    LinkDetach = 34,

    Mmap = -1,

    /// <summary>mmap of a perf buffer, which has limits of its own.</summary>
    MmapPerfBuffer = -2,
    PerfEventOpen = -3,
    EpollCtl = -4,
    EventFd = -5,
    Unlink = -6,
    Open = -7,
    Read = -8,
    Poll = -9,

    /// <summary>The command of fcntl that duplicates a descriptor.</summary>
    DuplicateDescriptor = -10,

    /// <summary>Reading /proc/self/fdinfo.</summary>
    FdInfo = -11,
    Rename = -12,
}
