using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Reads the properties of links. Offsets are those of the fields after the program's id.</summary>
internal static unsafe class LinkInfo
{
    private const int TextCapacity = 4096;

    // enum bpf_perf_event_type
    private const uint Uprobe = 1;
    private const uint Uretprobe = 2;
    private const uint Kprobe = 3;
    private const uint Kretprobe = 4;
    private const uint Tracepoint = 5;

    public static BpfLinkInfo Read(SafeHandle link)
    {
        LinkInfoData data = default;
        Query(link, &data);
        return (BpfLinkType)data.Type switch
        {
            BpfLinkType.Xdp => OfInterface(data, attachType: null),
            BpfLinkType.Tcx or BpfLinkType.Netkit => OfInterface(data, AttachTypeNames.Of(data.Word(4))),
            BpfLinkType.Cgroup => New(
                data,
                AttachTypeNames.Of(data.Word(8)),
                data.Long(0) == 0 ? "no control group" : ControlGroup(data.Long(0)),
                data.Long(0),
                isDetached: data.Long(0) == 0
            ),
            BpfLinkType.NetworkNamespace => New(
                data,
                AttachTypeNames.Of(data.Word(4)),
                data.Word(0) == 0 ? "no network namespace" : Invariant($"network namespace net:[{data.Word(0)}]"),
                data.Word(0),
                isDetached: data.Word(0) == 0
            ),
            BpfLinkType.RawTracepoint => OfText(data, Text(link, 0, 8), cookie: data.Long(16)),
            BpfLinkType.Tracing => New(
                data,
                AttachTypeNames.Of(data.Word(0)),
                TracingTargets.Name(data.Word(4), data.Word(8)),
                Invariant($"{data.Word(4)}/{data.Word(8)}"),
                cookie: data.Long(16)
            ),
            BpfLinkType.Iterator => OfText(data, Text(link, 0, 8), mapId: data.Word(12)),
            BpfLinkType.StructOps => New(
                data,
                null,
                data.Word(0) == 0 ? "no map" : Invariant($"map {data.Word(0)}"),
                data.Word(0),
                mapId: data.Word(0),
                isDetached: data.Word(0) == 0
            ),
            BpfLinkType.SockMap => New(
                data,
                AttachTypeNames.Of(data.Word(4)),
                Invariant($"map {data.Word(0)}"),
                data.Word(0),
                mapId: data.Word(0)
            ),
            BpfLinkType.Netfilter => OfText(data, Invariant($"family {data.Word(0)}, hook {data.Word(4)}, priority {(int)data.Word(8)}")),
            BpfLinkType.KprobeMulti => OfText(
                data,
                data.Word(8) == 0 ? "" : Invariant($"{data.Word(8)} functions{((data.Word(12) & 1) != 0 ? " (on return)" : "")}")
            ),
            BpfLinkType.UprobeMulti => OfText(
                data,
                data.Word(36) == 0 ? "" : Invariant($"{data.Word(36)} functions of {Text(link, 0, 32)}")
            ),
            BpfLinkType.PerfEvent => OfPerfEvent(link, data),
            _ => New(data, null, "", ""),
        };
    }

    private static BpfLinkInfo OfPerfEvent(SafeHandle link, in LinkInfoData data)
    {
        uint type = data.Word(0);
        return type switch
        {
            Uprobe or Uretprobe => OfText(
                data,
                Invariant($"{(type == Uprobe ? "uprobe" : "uretprobe")} {Text(link, 8, 16)}+0x{data.Word(20):x}"),
                data.Long(24)
            ),
            Kprobe or Kretprobe => OfText(
                data,
                Invariant($"{(type == Kprobe ? "kprobe" : "kretprobe")} {Text(link, 8, 16)}{Offset(data.Word(20))}"),
                data.Long(40)
            ),
            Tracepoint => OfText(data, $"tracepoint {Text(link, 8, 16)}", data.Long(24)),
            0 => New(data, null, "", ""),
            _ => OfText(data, Invariant($"perf event {data.Word(16)}, config {data.Long(8)}"), data.Long(24)),
        };
    }

    private static string ControlGroup(ulong id) =>
        (Cgroups.MountPoint() is { } root ? Cgroups.FindPath(root, id) : null) ?? Invariant($"control group {id}");

    private static string Offset(uint offset) => offset == 0 ? "" : Invariant($"+0x{offset:x}");

    private static BpfLinkInfo OfInterface(in LinkInfoData data, string? attachType)
    {
        int index = (int)data.Word(0);
        return new(data.Id, (BpfLinkType)data.Type, data.ProgramId)
        {
            AttachType = attachType,
            InterfaceIndex = index,
            Target = index == 0 ? "no interface" : Interfaces.Describe(index),
            Identity = Invariant($"{index}"),
            IsDetached = index == 0,
        };
    }

    private static BpfLinkInfo OfText(in LinkInfoData data, string target, ulong cookie = 0, uint mapId = 0) =>
        New(data, null, target, target, mapId, cookie);

    private static BpfLinkInfo New(
        in LinkInfoData data,
        string? attachType,
        string target,
        ulong number,
        uint mapId = 0,
        bool isDetached = false
    ) =>
        new(data.Id, (BpfLinkType)data.Type, data.ProgramId)
        {
            AttachType = attachType,
            Target = target,
            Identity = Invariant($"{number}"),
            CgroupId = (BpfLinkType)data.Type == BpfLinkType.Cgroup ? number : 0,
            MapId = mapId,
            IsDetached = isDetached,
        };

    private static BpfLinkInfo New(
        in LinkInfoData data,
        string? attachType,
        string target,
        string identity,
        uint mapId = 0,
        ulong cookie = 0
    ) =>
        new(data.Id, (BpfLinkType)data.Type, data.ProgramId)
        {
            AttachType = attachType,
            Target = target,
            Identity = identity,
            MapId = mapId,
            Cookie = cookie,
        };

    /// <summary>Reads a text, which the kernel copies to a buffer.</summary>
    private static string Text(SafeHandle link, int addressOffset, int sizeOffset)
    {
        byte[] buffer = new byte[TextCapacity];
        fixed (byte* pointer = buffer)
        {
            LinkInfoData data = default;
            data.SetBuffer(addressOffset, sizeOffset, pointer, TextCapacity);
            Query(link, &data);
        }
        int end = Array.IndexOf(buffer, (byte)0);
        return Encoding.UTF8.GetString(buffer, 0, end < 0 ? buffer.Length : end);
    }

    private static void Query(SafeHandle link, LinkInfoData* data)
    {
        int errno = KernelCall.GetInfo(link, data, sizeof(LinkInfoData));
        ObjectDisposedException.ThrowIf(errno == Errno.EBADF && link.IsClosed, typeof(BpfLink));
        if (errno != Errno.Ok)
            throw BpfException.Of(
                "Reading the info of a link",
                errno,
                BpfCommand.ObjGetInfoByFd,
                mapName: null,
                errno == Errno.EINVAL
                    ? $"Linux 5.8 and later report it; this is {Environment.OSVersion.Version}."
                    : KernelAdvice.For(BpfCommand.ObjGetInfoByFd, errno, path: null)
            );
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
