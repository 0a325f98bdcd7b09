namespace BpfMaps;

/// <summary>The kernel's names of commands.</summary>
internal static class BpfCommandNames
{
    /// <summary>Returns the name, such as <c>BPF_MAP_CREATE</c> or <c>mmap</c>.</summary>
    public static string Name(this BpfCommand command) =>
        command switch
        {
            BpfCommand.MapCreate => "BPF_MAP_CREATE",
            BpfCommand.MapLookupElem => "BPF_MAP_LOOKUP_ELEM",
            BpfCommand.MapUpdateElem => "BPF_MAP_UPDATE_ELEM",
            BpfCommand.MapDeleteElem => "BPF_MAP_DELETE_ELEM",
            BpfCommand.MapGetNextKey => "BPF_MAP_GET_NEXT_KEY",
            BpfCommand.ProgLoad => "BPF_PROG_LOAD",
            BpfCommand.ObjPin => "BPF_OBJ_PIN",
            BpfCommand.ObjGet => "BPF_OBJ_GET",
            BpfCommand.ProgTestRun => "BPF_PROG_TEST_RUN",
            BpfCommand.ProgGetNextId => "BPF_PROG_GET_NEXT_ID",
            BpfCommand.ProgGetFdById => "BPF_PROG_GET_FD_BY_ID",
            BpfCommand.MapGetNextId => "BPF_MAP_GET_NEXT_ID",
            BpfCommand.MapGetFdById => "BPF_MAP_GET_FD_BY_ID",
            BpfCommand.ObjGetInfoByFd => "BPF_OBJ_GET_INFO_BY_FD",
            BpfCommand.RawTracepointOpen => "BPF_RAW_TRACEPOINT_OPEN",
            BpfCommand.BtfLoad => "BPF_BTF_LOAD",
            BpfCommand.BtfGetFdById => "BPF_BTF_GET_FD_BY_ID",
            BpfCommand.MapLookupAndDeleteElem => "BPF_MAP_LOOKUP_AND_DELETE_ELEM",
            BpfCommand.MapFreeze => "BPF_MAP_FREEZE",
            BpfCommand.MapLookupBatch => "BPF_MAP_LOOKUP_BATCH",
            BpfCommand.MapLookupAndDeleteBatch => "BPF_MAP_LOOKUP_AND_DELETE_BATCH",
            BpfCommand.MapUpdateBatch => "BPF_MAP_UPDATE_BATCH",
            BpfCommand.MapDeleteBatch => "BPF_MAP_DELETE_BATCH",
            BpfCommand.LinkCreate => "BPF_LINK_CREATE",
            BpfCommand.LinkUpdate => "BPF_LINK_UPDATE",
            BpfCommand.LinkGetFdById => "BPF_LINK_GET_FD_BY_ID",
            BpfCommand.LinkGetNextId => "BPF_LINK_GET_NEXT_ID",
            BpfCommand.EnableStats => "BPF_ENABLE_STATS",
            BpfCommand.IterCreate => "BPF_ITER_CREATE",
            BpfCommand.LinkDetach => "BPF_LINK_DETACH",
            BpfCommand.Mmap or BpfCommand.MmapPerfBuffer => "mmap",
            BpfCommand.PerfEventOpen => "perf_event_open",
            BpfCommand.EpollCtl => "epoll_ctl",
            BpfCommand.EventFd => "eventfd",
            BpfCommand.Unlink => "unlink",
            BpfCommand.Open => "open",
            BpfCommand.Read => "read",
            BpfCommand.Poll => "ppoll",
            BpfCommand.DuplicateDescriptor => "fcntl(F_DUPFD_CLOEXEC)",
            BpfCommand.FdInfo => "fdinfo",
            BpfCommand.Rename => "rename",
            _ => command.ToString(),
        };
}
