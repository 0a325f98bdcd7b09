using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Explains why a link could not be updated or detached.</summary>
internal static class LinkFailures
{
    public static BpfException OfUpdate(BpfLink link, int errno, BpfProgram program, BpfProgram? expected)
    {
        BpfLinkInfo? info = Info(link);
        string what = $"Updating {Describe(info)}";
        if (info is not null && !CanUpdate(info.Type) && errno is Errno.EINVAL or Errno.EOPNOTSUPP)
            return new BpfNotSupportedException(
                $"{what} failed: BPF_LINK_UPDATE returned {Errno.Describe(errno)}. The program of a link of type {info!.Type} cannot be "
                    + "replaced: attach the new program, then dispose the old link, or use AttachOrUpdatePinned.",
                errno,
                BpfCommand.LinkUpdate.Name()
            );
        return BpfException.Of(what, errno, BpfCommand.LinkUpdate, mapName: null, UpdateAdvice(errno, info, program, expected));
    }

    public static BpfException OfDetach(BpfLink link, int errno)
    {
        BpfLinkInfo? info = Info(link);
        string? advice = errno switch
        {
            Errno.EOPNOTSUPP => "Links of this type are detached only when nothing holds them: remove the pins, and dispose the link.",
            Errno.EINVAL => $"Linux 5.9 and later can detach links; this is {Environment.OSVersion.Version}.",
            _ => KernelAdvice.For(BpfCommand.LinkDetach, errno, path: null),
        };
        return BpfException.Of($"Detaching {Describe(info)}", errno, BpfCommand.LinkDetach, mapName: null, advice);
    }

    /// <summary>Returns whether the kernel can replace the program of a link of this type.</summary>
    public static bool CanUpdate(BpfLinkType type) =>
        type
            is BpfLinkType.Xdp
                or BpfLinkType.Tcx
                or BpfLinkType.Netkit
                or BpfLinkType.Cgroup
                or BpfLinkType.NetworkNamespace
                or BpfLinkType.SockMap
                or BpfLinkType.StructOps;

    private static string? UpdateAdvice(int errno, BpfLinkInfo? info, BpfProgram program, BpfProgram? expected)
    {
        if (errno == Errno.ENOLINK || info is { IsDetached: true })
            return "The link has lost its target: the interface, control group or network namespace was removed, or the link was detached. "
                + "Attach the program again.";
        if (expected is not null && info is not null && expected.Info.Id != info.ProgramId && errno is Errno.EPERM or Errno.EINVAL)
            return $"The program with id {info!.ProgramId} is attached, but the one with id {expected!.Info.Id} was expected.";
        if (errno == Errno.EINVAL)
            return $"The new program {program.Info} must have the type and the attach type of the old one{OldProgram(info)}.";
        return KernelAdvice.For(BpfCommand.LinkUpdate, errno, path: null);
    }

    private static string OldProgram(BpfLinkInfo? info)
    {
        if (info is null || KernelCall.OpenById(BpfCommand.ProgGetFdById, info.ProgramId, out OwnedDescriptor? descriptor) != Errno.Ok)
            return "";
        using BpfProgram old = new(descriptor!);
        return $", {old.Info}";
    }

    private static string Describe(BpfLinkInfo? info) => info?.ToString() ?? "a link";

    private static BpfLinkInfo? Info(BpfLink link)
    {
        try
        {
            return link.Info;
        }
        catch (BpfException)
        {
            return null; // Before Linux 5.8.
        }
    }
}
