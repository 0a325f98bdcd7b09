using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>
/// The libbpf functions in use, all unchanged since libbpf 1.0. Pointers are passed as numbers; a failure is a null or negative result.
/// </summary>
internal static unsafe partial class Native
{
    private const string Name = LibbpfLibrary.Name;

    static Native() => LibbpfLibrary.Register();

    [LibraryImport(Name, EntryPoint = "libbpf_version_string")]
    public static partial byte* VersionString();

    [LibraryImport(Name, EntryPoint = "libbpf_set_print")]
    public static partial nint SetPrint(delegate* unmanaged<int, byte*, nint, int> print);

    [LibraryImport(Name, EntryPoint = "bpf_object__open_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ObjectOpenFile(string path, ObjectOpenOptions* options);

    [LibraryImport(Name, EntryPoint = "bpf_object__open_mem")]
    public static partial nint ObjectOpenMemory(byte* data, nuint size, ObjectOpenOptions* options);

    [LibraryImport(Name, EntryPoint = "bpf_object__load")]
    public static partial int ObjectLoad(nint bpfObject);

    [LibraryImport(Name, EntryPoint = "bpf_object__close")]
    public static partial void ObjectClose(nint bpfObject);

    [LibraryImport(Name, EntryPoint = "bpf_object__name")]
    public static partial byte* ObjectName(nint bpfObject);

    [LibraryImport(Name, EntryPoint = "bpf_object__next_map")]
    public static partial nint ObjectNextMap(nint bpfObject, nint map);

    [LibraryImport(Name, EntryPoint = "bpf_object__next_program")]
    public static partial nint ObjectNextProgram(nint bpfObject, nint program);

    [LibraryImport(Name, EntryPoint = "bpf_map__name")]
    public static partial byte* MapName(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_map__fd")]
    public static partial int MapDescriptor(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_map__type")]
    public static partial int MapType(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_map__key_size")]
    public static partial uint MapKeySize(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_map__value_size")]
    public static partial uint MapValueSize(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_map__set_value_size")]
    public static partial int MapSetValueSize(nint map, uint size);

    [LibraryImport(Name, EntryPoint = "bpf_map__set_type")]
    public static partial int MapSetType(nint map, int type);

    [LibraryImport(Name, EntryPoint = "bpf_map__set_key_size")]
    public static partial int MapSetKeySize(nint map, uint size);

    [LibraryImport(Name, EntryPoint = "bpf_map__map_flags")]
    public static partial uint MapFlags(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_map__set_map_flags")]
    public static partial int MapSetFlags(nint map, uint flags);

    [LibraryImport(Name, EntryPoint = "bpf_map__max_entries")]
    public static partial uint MapMaxEntries(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_map__set_max_entries")]
    public static partial int MapSetMaxEntries(nint map, uint maxEntries);

    [LibraryImport(Name, EntryPoint = "bpf_map__pin_path")]
    public static partial byte* MapPinPath(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_map__set_pin_path", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MapSetPinPath(nint map, string? path);

    [LibraryImport(Name, EntryPoint = "bpf_map__is_pinned")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool MapIsPinned(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_map__numa_node")]
    public static partial uint MapNumaNode(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_map__set_numa_node")]
    public static partial int MapSetNumaNode(nint map, uint node);

    [LibraryImport(Name, EntryPoint = "bpf_map__autocreate")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool MapAutoCreate(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_map__set_autocreate")]
    public static partial int MapSetAutoCreate(nint map, [MarshalAs(UnmanagedType.U1)] bool create);

    [LibraryImport(Name, EntryPoint = "bpf_map__set_inner_map_fd")]
    public static partial int MapSetInnerMap(nint map, int descriptor);

    [LibraryImport(Name, EntryPoint = "bpf_map__map_extra")]
    public static partial ulong MapExtra(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_map__reuse_fd")]
    public static partial int MapReuseDescriptor(nint map, int descriptor);

    [LibraryImport(Name, EntryPoint = "bpf_map__initial_value")]
    public static partial byte* MapInitialValue(nint map, nuint* size);

    [LibraryImport(Name, EntryPoint = "bpf_program__name")]
    public static partial byte* ProgramName(nint program);

    [LibraryImport(Name, EntryPoint = "bpf_program__section_name")]
    public static partial byte* ProgramSectionName(nint program);

    [LibraryImport(Name, EntryPoint = "bpf_program__fd")]
    public static partial int ProgramDescriptor(nint program);

    [LibraryImport(Name, EntryPoint = "bpf_program__autoload")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool ProgramAutoLoad(nint program);

    [LibraryImport(Name, EntryPoint = "bpf_program__set_autoload")]
    public static partial int ProgramSetAutoLoad(nint program, [MarshalAs(UnmanagedType.U1)] bool load);

    [LibraryImport(Name, EntryPoint = "bpf_program__attach")]
    public static partial nint ProgramAttach(nint program);

    [LibraryImport(Name, EntryPoint = "bpf_program__attach_tracepoint_opts", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ProgramAttachTracepoint(nint program, string category, string name, CookieOptions* options);

    [LibraryImport(Name, EntryPoint = "bpf_program__attach_raw_tracepoint", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ProgramAttachRawTracepoint(nint program, string name);

    [LibraryImport(Name, EntryPoint = "bpf_program__attach_kprobe_opts", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ProgramAttachKprobe(nint program, string function, KprobeOptions* options);

    [LibraryImport(Name, EntryPoint = "bpf_program__attach_uprobe_opts", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ProgramAttachUprobe(nint program, int processId, string binary, nuint offset, UprobeOptions* options);

    [LibraryImport(Name, EntryPoint = "bpf_program__attach_usdt", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ProgramAttachUsdt(
        nint program,
        int processId,
        string binary,
        string provider,
        string name,
        CookieOptions* options
    );

    [LibraryImport(Name, EntryPoint = "bpf_program__attach_perf_event_opts")]
    public static partial nint ProgramAttachPerfEvent(nint program, int perfEvent, CookieOptions* options);

    [LibraryImport(Name, EntryPoint = "bpf_program__attach_cgroup")]
    public static partial nint ProgramAttachCgroup(nint program, int cgroup);

    [LibraryImport(Name, EntryPoint = "bpf_xdp_query_id")]
    public static partial int XdpQueryProgram(int interfaceIndex, int flags, uint* program);

    [LibraryImport(Name, EntryPoint = "bpf_program__set_attach_target", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ProgramSetAttachTarget(nint program, int target, string function);

    [LibraryImport(Name, EntryPoint = "bpf_program__autoattach")]
    [return: MarshalAs(UnmanagedType.U1)]
    public static partial bool ProgramAutoAttach(nint program);

    [LibraryImport(Name, EntryPoint = "bpf_program__set_autoattach")]
    public static partial void ProgramSetAutoAttach(nint program, [MarshalAs(UnmanagedType.U1)] bool attach);

    [LibraryImport(Name, EntryPoint = "bpf_map__attach_struct_ops")]
    public static partial nint MapAttachStructOps(nint map);

    [LibraryImport(Name, EntryPoint = "bpf_program__set_ifindex")]
    public static partial void ProgramSetInterface(nint program, uint interfaceIndex);

    [LibraryImport(Name, EntryPoint = "bpf_program__type")]
    public static partial int ProgramType(nint program);

    [LibraryImport(Name, EntryPoint = "bpf_program__attach_netns")]
    public static partial nint ProgramAttachNetworkNamespace(nint program, int network);

    [LibraryImport(Name, EntryPoint = "bpf_program__expected_attach_type")]
    public static partial int ProgramExpectedAttachType(nint program);

    [LibraryImport(Name, EntryPoint = "bpf_prog_attach")]
    public static partial int ProgramAttachTo(int program, int target, int attachType, uint flags);

    [LibraryImport(Name, EntryPoint = "bpf_prog_detach2")]
    public static partial int ProgramDetach(int program, int target, int attachType);

    [LibraryImport(Name, EntryPoint = "bpf_link__destroy")]
    public static partial int LinkDestroy(nint link);

    [LibraryImport(Name, EntryPoint = "bpf_link__fd")]
    public static partial int LinkDescriptor(nint link);

    [LibraryImport(Name, EntryPoint = "bpf_prog_test_run_opts")]
    public static partial int ProgramTestRun(int program, TestRunOptions* options);

    [LibraryImport(Name, EntryPoint = "bpf_tc_hook_create")]
    public static partial int TcHookCreate(TcHook* hook);

    [LibraryImport(Name, EntryPoint = "bpf_tc_attach")]
    public static partial int TcAttach(TcHook* hook, TcOptions* options);

    [LibraryImport(Name, EntryPoint = "bpf_tc_detach")]
    public static partial int TcDetach(TcHook* hook, TcOptions* options);

    [LibraryImport("libc", EntryPoint = "vsnprintf")]
    public static partial int FormatMessage(byte* buffer, nuint size, byte* format, nint arguments);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSocketOption(int socket, int level, int option, int* value, uint size);

    [LibraryImport("libc", EntryPoint = "if_nametoindex", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial uint InterfaceIndex(string name);

    [LibraryImport("libc", EntryPoint = "if_indextoname")]
    public static partial byte* InterfaceName(uint index, byte* name);
}
