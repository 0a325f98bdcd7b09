using System.Globalization;
using System.Text;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Finds out who holds a hook that accepts only one program, for the message about EBUSY.</summary>
internal static unsafe class HookHolders
{
    public static string Describe(LinkTarget target)
    {
        List<BpfLinkInfo> holders;
        try
        {
            holders = [.. BpfLink.EnumerateLoaded().Where(target.IsTargetOf)];
        }
        catch (BpfException)
        {
            return $"Another program is attached to {target.Text}. Only a process with CAP_SYS_ADMIN can see which: run 'bpftool link' as root.";
        }
        StringBuilder text = new();
        foreach (BpfLinkInfo holder in holders)
            AppendLink(text, holder);
        if (holders.Count == 0 && target.Type == BpfLinkType.Xdp)
            AppendProgramWithoutLink(text, target);
        return text.Length != 0 ? text.ToString() : $"Another program is attached to {target.Text}.";
    }

    private static void AppendLink(StringBuilder text, BpfLinkInfo link)
    {
        string? pin = LinkHolders.PinsOf(link.Id).FirstOrDefault();
        string[] processes = [.. LinkHolders.ProcessesOf(link.Id)];
        if (text.Length != 0)
            text.Append(' ');
        text.Append(CultureInfo.InvariantCulture, $"Link {link.Id} holds {link.Target} with program {ProgramText(link.ProgramId)}");
        if (pin is not null)
            text.Append(CultureInfo.InvariantCulture, $"; it is pinned at '{pin}'");
        if (processes.Length != 0)
            text.Append(CultureInfo.InvariantCulture, $"; it is open in {string.Join(" and ", processes)}");
        text.Append(
            pin is not null
                ? ". To replace its program, use AttachOrUpdatePinned with the path of the pin"
                : string.Create(CultureInfo.InvariantCulture, $". To replace its program, use BpfLink.OpenById({link.Id}).Update(program)")
        );
        text.Append("; to end the attachment, Detach().");
    }

    private static void AppendProgramWithoutLink(StringBuilder text, LinkTarget target)
    {
        int index = int.Parse(target.Identity, CultureInfo.InvariantCulture);
        uint program = 0;
        if (Native.XdpQueryProgram(index, 0, &program) < 0 || program == 0)
            return;
        text.Append(
            CultureInfo.InvariantCulture,
            $"Program {ProgramText(program)} is attached to {target.Text} without a link (with netlink, as 'ip link' does). "
                + $"Detach it with 'ip link set dev {target.Text} xdp off'."
        );
    }

    private static string ProgramText(uint id)
    {
        if (KernelCall.OpenById(BpfCommand.ProgGetFdById, id, out OwnedDescriptor? descriptor) != Errno.Ok)
            return string.Create(CultureInfo.InvariantCulture, $"{id}");
        using BpfProgram program = new(descriptor!);
        return program.Info.ToString();
    }
}
