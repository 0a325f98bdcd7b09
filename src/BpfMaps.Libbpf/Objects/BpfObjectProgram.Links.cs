using System.Globalization;
using BpfMaps.Interop;

namespace BpfMaps;

// Attachments to interfaces, control groups and network namespaces, as kernel links. They can be pinned and updated.
public sealed unsafe partial class BpfObjectProgram
{
    private const int AttachTypeXdp = 37;
    private const int AttachTypeTcxIngress = 46;
    private const int AttachTypeTcxEgress = 47;

    private static readonly Version s_firstXdpLink = new(5, 9);
    private static readonly Version s_firstTcx = new(6, 6);
    private static readonly Version s_firstNetkit = new(6, 7);

    /// <summary>
    /// Attaches an XDP program to a network interface, in the driver if it supports XDP (BPF_LINK_CREATE, Linux 5.9).
    /// </summary>
    /// <param name="interfaceName">The name of the interface, such as <c>eth0</c>, in the network namespace of this process.</param>
    /// <exception cref="BpfObjectException">
    /// The interface does not exist; it has another program (EBUSY): the message says which, and who holds it; the driver does not support
    /// the mode (EOPNOTSUPP); or the kernel rejected the program.
    /// </exception>
    public BpfLink AttachXdp(string interfaceName) => AttachXdp(interfaceName, BpfXdpMode.Default);

    /// <summary>Attaches an XDP program to a network interface in a mode (BPF_LINK_CREATE, Linux 5.9).</summary>
    /// <param name="interfaceName">The name of the interface, such as <c>eth0</c>, in the network namespace of this process.</param>
    /// <param name="mode">Where the program runs. An update of the link keeps it.</param>
    /// <inheritdoc cref="AttachXdp(string)" path="/exception"/>
    public BpfLink AttachXdp(string interfaceName, BpfXdpMode mode) => AttachXdp(Interfaces.IndexOf(interfaceName), interfaceName, mode);

    /// <inheritdoc cref="AttachXdp(string, BpfXdpMode)" path="/*[not(self::param)]"/>
    /// <param name="interfaceIndex">The index of the interface, as shown by <c>ip link</c>.</param>
    /// <param name="mode">Where the program runs. An update of the link keeps it.</param>
    public BpfLink AttachXdp(int interfaceIndex, BpfXdpMode mode)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interfaceIndex);
        return AttachXdp(interfaceIndex, Interfaces.Describe(interfaceIndex), mode);
    }

    /// <summary>
    /// Attaches a traffic control program to a network interface with a link (tcx: BPF_LINK_CREATE, Linux 6.6). Unlike
    /// <see cref="AttachTc"/>, the attachment ends with the link, can be pinned and updated, and has a position among other programs.
    /// </summary>
    /// <param name="interfaceName">The name of the interface, such as <c>eth0</c>, in the network namespace of this process.</param>
    /// <param name="direction">The direction of the packets.</param>
    /// <exception cref="BpfObjectException">
    /// The interface or the anchor of the position does not exist (ENOENT), the program is already attached (EEXIST), the kernel has no tcx
    /// (EINVAL), or it rejected the program.
    /// </exception>
    public BpfLink AttachTcx(string interfaceName, BpfTcDirection direction) => AttachTcx(interfaceName, direction, position: null);

    /// <inheritdoc cref="AttachTcx(string, BpfTcDirection)" path="/*[not(self::param)]"/>
    /// <param name="interfaceName">The name of the interface, such as <c>eth0</c>, in the network namespace of this process.</param>
    /// <param name="direction">The direction of the packets.</param>
    /// <param name="position">The position among the programs of the hook; <see langword="null"/> for the last one.</param>
    public BpfLink AttachTcx(string interfaceName, BpfTcDirection direction, BpfAttachPosition? position) =>
        AttachTcx(Interfaces.IndexOf(interfaceName), interfaceName, direction, position);

    /// <inheritdoc cref="AttachTcx(string, BpfTcDirection, BpfAttachPosition?)" path="/*[not(self::param)]"/>
    /// <param name="interfaceIndex">The index of the interface, as shown by <c>ip link</c>.</param>
    /// <param name="direction">The direction of the packets.</param>
    /// <param name="position">The position among the programs of the hook; <see langword="null"/> for the last one.</param>
    public BpfLink AttachTcx(int interfaceIndex, BpfTcDirection direction, BpfAttachPosition? position)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interfaceIndex);
        return AttachTcx(interfaceIndex, Interfaces.Describe(interfaceIndex), direction, position);
    }

    /// <summary>Attaches a traffic control program to a netkit device with a link (BPF_LINK_CREATE, Linux 6.7).</summary>
    /// <param name="interfaceName">The name of the primary device, in the network namespace of this process.</param>
    /// <param name="side">The device whose transmitted packets the program sees.</param>
    /// <param name="position">The position among the programs of the hook; <see langword="null"/> for the last one.</param>
    /// <exception cref="BpfObjectException">
    /// The interface does not exist, is not a netkit device (ENXIO) or not the primary one (EACCES), the kernel has no netkit (EINVAL), or
    /// it rejected the program.
    /// </exception>
    public BpfLink AttachNetkit(string interfaceName, BpfNetkitSide side, BpfAttachPosition? position = null)
    {
        int index = Interfaces.IndexOf(interfaceName);
        return KernelLink(
            new LinkTarget(BpfLinkType.Netkit, Identity(index), AttachTypeNames.Of((uint)side), interfaceName),
            index,
            (int)side,
            position,
            new HookFacts(BpfProgramType.SchedCls, "netkit links", s_firstNetkit, SharedBySeveral: true)
        );
    }

    /// <summary>Attaches the program to a control group, in addition to programs that are attached there (Linux 5.7).</summary>
    /// <param name="path">The directory of the control group, such as <c>/sys/fs/cgroup/web.slice</c>.</param>
    /// <exception cref="BpfObjectException">The path is not a directory of a version 2 hierarchy, or the kernel rejected the
    /// program.</exception>
    public BpfLink AttachCgroup(string path)
    {
        _ = FileDescriptor;
        using OwnedDescriptor directory = Descriptors.Open(path, "the control group");
        _ = Inodes.GetNumber(directory.Number, out ulong id);
        return Start(
            new AttachRequest(
                $"to control group {path}",
                () =>
                    NativeLink(
                        $"to control group {path}",
                        "bpf_program__attach_cgroup",
                        () => Native.ProgramAttachCgroup(_program, directory.Number)
                    ),
                new LinkTarget(BpfLinkType.Cgroup, Identity(id), ExpectedAttachType, path)
            )
        );
    }

    /// <summary>
    /// Attaches the program to a network namespace: for programs that select the socket of a packet (<c>sk_lookup</c>, Linux 5.9) or parse
    /// packets (<c>flow_dissector</c>, Linux 5.8).
    /// </summary>
    /// <param name="path">The file of the namespace: <c>/var/run/netns/NAME</c> or <c>/proc/PID/ns/net</c>. The default is the namespace of
    /// this process.</param>
    /// <exception cref="BpfObjectException">The path is not a network namespace (EINVAL), or the kernel rejected the program.</exception>
    public BpfLink AttachNetworkNamespace(string path = "/proc/self/ns/net")
    {
        _ = FileDescriptor;
        using OwnedDescriptor network = Descriptors.Open(path, "the network namespace");
        _ = Inodes.GetNumber(network.Number, out ulong id);
        return Start(
            new AttachRequest(
                $"to network namespace {path}",
                () =>
                    NativeLink(
                        $"to network namespace {path}",
                        "bpf_program__attach_netns",
                        () => Native.ProgramAttachNetworkNamespace(_program, network.Number)
                    ),
                new LinkTarget(BpfLinkType.NetworkNamespace, Identity(id), ExpectedAttachType, path)
            )
        );
    }

    private string ExpectedAttachType => AttachTypeNames.Of((uint)Native.ProgramExpectedAttachType(_program));

    private static string Identity(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Identity(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private BpfLink AttachXdp(int index, string name, BpfXdpMode mode) =>
        KernelLink(
            new LinkTarget(BpfLinkType.Xdp, Identity(index), null, name),
            index,
            AttachTypeXdp,
            position: null,
            new HookFacts(
                BpfProgramType.Xdp,
                "XDP links",
                s_firstXdpLink,
                SharedBySeveral: false,
                mode == BpfXdpMode.Offload
                    ? $"For BpfXdpMode.Offload, the program must be loaded for the card of {name}: set OffloadInterface before the load."
                    : null
            ),
            (uint)mode
        );

    private BpfLink AttachTcx(int index, string name, BpfTcDirection direction, BpfAttachPosition? position)
    {
        int attachType = direction == BpfTcDirection.Ingress ? AttachTypeTcxIngress : AttachTypeTcxEgress;
        return KernelLink(
            new LinkTarget(BpfLinkType.Tcx, Identity(index), AttachTypeNames.Of((uint)attachType), name),
            index,
            attachType,
            position,
            new HookFacts(BpfProgramType.SchedCls, "tcx links", s_firstTcx, SharedBySeveral: true)
        );
    }

    private BpfLink KernelLink(LinkTarget target, int index, int attachType, BpfAttachPosition? position, HookFacts facts, uint flags = 0)
    {
        int program = FileDescriptor;
        string where = target.AttachType is null ? $"to {target.Text}" : $"to {target.AttachType} of {target.Text}";
        return Start(
            new AttachRequest(
                where,
                () =>
                {
                    using HeldDescriptor anchor = new(position?.Relative);
                    ObjectDisposedException.ThrowIf(anchor.IsDisposed, typeof(BpfAttachPosition));
                    LinkCreateAttribute attribute = new()
                    {
                        Program = program,
                        Target = index,
                        AttachType = attachType,
                        Flags = flags | (position?.Flags ?? 0),
                        Relative = (uint)anchor.Descriptor,
                    };
                    uint size = facts.SharedBySeveral ? LinkCreateAttribute.AnchorSize : LinkCreateAttribute.BaseSize;
                    int errno = KernelCall.CreateLink(ref attribute, size, out OwnedDescriptor? link);
                    if (errno == Errno.Ok)
                        return new BpfKernelLink(link!);
                    throw Call.Failure(
                        $"Attaching program '{Name}' ({SectionName}) {where}",
                        BpfCommand.LinkCreate.Name(),
                        errno,
                        log: "",
                        facts.Advice(errno, Type, SectionName, target)
                    );
                },
                target
            )
        );
    }
}
