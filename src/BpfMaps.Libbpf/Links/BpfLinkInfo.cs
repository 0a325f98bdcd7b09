using System.Globalization;

namespace BpfMaps;

/// <summary>The properties of a link: its program and what the program is attached to (BPF_OBJ_GET_INFO_BY_FD, Linux 5.8).</summary>
public sealed class BpfLinkInfo
{
    internal BpfLinkInfo(uint id, BpfLinkType type, uint programId) => (Id, Type, ProgramId) = (id, type, programId);

    /// <summary>Gets the id of the link, unique as long as the link exists.</summary>
    public uint Id { get; }

    /// <summary>Gets the type of the link. A type that is newer than this library keeps its number.</summary>
    public BpfLinkType Type { get; }

    /// <summary>Gets the id of the program; 0 for links of struct_ops maps. See <see cref="BpfProgram.OpenById"/>.</summary>
    public uint ProgramId { get; }

    /// <summary>
    /// Gets the attach type as bpftool prints it, such as <c>tcx_ingress</c>, <c>cgroup_inet_egress</c> or <c>trace_fentry</c>;
    /// <see langword="null"/> if the type of the link has only one.
    /// </summary>
    public string? AttachType { get; internal init; }

    /// <summary>
    /// Gets what the program is attached to, as text: an interface, a control group, a tracepoint, a function. Empty if the kernel does
    /// not report it: for perf events before Linux 6.6 and many uprobes before 6.8.
    /// </summary>
    /// <remarks>
    /// A control group is shown as its directory, or as its id if the process lacks CAP_DAC_READ_SEARCH or does not see the group.
    /// </remarks>
    public string Target { get; internal init; } = "";

    /// <summary>
    /// Gets the index of the network interface of XDP, tcx and netkit links; 0 for other links and if the interface is gone.
    /// </summary>
    public int InterfaceIndex { get; internal init; }

    /// <summary>Gets the id of the control group; 0 for other links and if the group is gone.</summary>
    public ulong CgroupId { get; internal init; }

    /// <summary>Gets the id of the map of struct_ops, socket map and iterator links; 0 for other links.</summary>
    public uint MapId { get; internal init; }

    /// <summary>
    /// Gets the value that the program reads with bpf_get_attach_cookie; 0 if there is none or the kernel does not report it: Linux 6.9
    /// does for perf events, 6.17 for raw tracepoints and functions.
    /// </summary>
    public ulong Cookie { get; internal init; }

    /// <summary>
    /// Gets whether the link has lost what it was attached to: the interface, control group or network namespace was removed, or the link
    /// was detached. Such a link cannot be attached again.
    /// </summary>
    public bool IsDetached { get; internal init; }

    /// <summary>The numbers that identify the target in the kernel.</summary>
    internal string Identity { get; init; } = "";

    /// <summary>Returns the id, the type, the target and the program.</summary>
    public override string ToString()
    {
        string target = Target.Length == 0 ? "" : $" {Target}";
        string attachType = AttachType is null ? "" : $" ({AttachType})";
        return string.Create(CultureInfo.InvariantCulture, $"link {Id}: {Type}{target}{attachType}, program {ProgramId}");
    }
}
