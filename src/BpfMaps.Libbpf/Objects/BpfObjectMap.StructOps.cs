using BpfMaps.Interop;
using Microsoft.Win32.SafeHandles;

namespace BpfMaps;

// Maps that are structures of functions for the kernel.
public sealed unsafe partial class BpfObjectMap
{
    private const string AttachStructOpsFunction = "bpf_map__attach_struct_ops";
    private static readonly Version s_firstLinkOfStructOps = new(6, 4);
    private static readonly Version s_firstLibbpfWithLinks = new(1, 2);

    /// <summary>
    /// Registers a struct_ops map (<c>SEC(".struct_ops")</c>): the kernel then calls its programs, for example for TCP sockets that choose
    /// the congestion control (Linux 5.6). With <c>SEC(".struct_ops.link")</c> (libbpf 1.2) or <see cref="BpfMapFlags.Link"/> in
    /// <see cref="Flags"/>, the link can be pinned and updated (Linux 6.4).
    /// </summary>
    /// <returns>The link. Disposing it ends the registration, unless it is pinned.</returns>
    /// <exception cref="InvalidOperationException">The object is not loaded yet, or the map has another type.</exception>
    /// <exception cref="BpfException">A structure of this name is already registered (EEXIST), or the kernel rejected it.</exception>
    public BpfLink AttachStructOps()
    {
        CheckStructOps();
        BpfNativeLink attached = new(
            Call.Pointer($"Attaching map '{Name}'", AttachStructOpsFunction, () => Native.MapAttachStructOps(_map))
        );
        if ((Flags & BpfMapFlags.Link) == 0 || LibbpfLibrary.Version >= s_firstLibbpfWithLinks)
            return attached;

        // libbpf 1.1 has only given the structure to the kernel.
        attached.Dispose();
        LinkCreateAttribute attribute = new() { Program = Native.MapDescriptor(_map), AttachType = LinkCreateAttribute.StructOps };
        int errno = KernelCall.CreateLink(ref attribute, LinkCreateAttribute.BaseSize, out OwnedDescriptor? link);
        return errno == Errno.Ok
            ? new BpfKernelLink(link!)
            : throw BpfException.Of($"Attaching map '{Name}'", errno, BpfCommand.LinkCreate, Name, StructOpsAdvice(errno));
    }

    /// <summary>
    /// Registers a struct_ops map with a pinned link, or makes the link that is already pinned use this map, without a moment in which no
    /// structure is registered (BPF_LINK_UPDATE, Linux 6.4).
    /// </summary>
    /// <remarks>The map must have <see cref="BpfMapFlags.Link"/>, as in <see cref="AttachStructOps"/>.</remarks>
    /// <param name="path">
    /// The pin, in a BPF file system. Directories that do not exist are created. The file name must not contain a '.'. The path with
    /// <c>_new</c> appended is used too.
    /// </param>
    /// <returns>The link. Disposing it leaves the pin and the registration as they are.</returns>
    /// <exception cref="InvalidOperationException">
    /// The object is not loaded yet, the map has another type, or it lacks <see cref="BpfMapFlags.Link"/>.
    /// </exception>
    /// <exception cref="BpfException">
    /// The pinned link is not one of a struct_ops map, or its structure has another type or name (EINVAL); nothing was changed. Or the
    /// kernel cannot update this kind of structure (EOPNOTSUPP).
    /// </exception>
    public BpfLink AttachOrUpdatePinned(string path)
    {
        path = ObjectPins.FullPath(path);
        CheckHasLink();
        return new PinTakeover(path, $"of map '{Name}'").Run(new AttachRequest("", AttachStructOps, UpdateLink: UpdateLink));
    }

    /// <summary>Makes a link of a struct_ops map use this map.</summary>
    internal void UpdateLink(BpfLink link)
    {
        CheckHasLink();
        GiveToKernel();
        using SafeFileHandle map = new(Native.MapDescriptor(_map), ownsHandle: false);
        int errno = link.TryUpdate(map, expected: null);
        if (errno != Errno.Ok)
            throw BpfException.Of($"Updating the link to map '{Name}'", errno, BpfCommand.LinkUpdate, Name, StructOpsAdvice(errno));
    }

    /// <summary>
    /// Gives the structure to the kernel, which only attaching does. It also registers the structure if the name of the structure is free.
    /// </summary>
    private void GiveToKernel()
    {
        nint link = Call.TryPointer(() => Native.MapAttachStructOps(_map), out int errno, out string log);
        if (link != 0)
            _ = Native.LinkDestroy(link);
        // EEXIST: the structure of the link has this name. EBUSY: the kernel has the structure already, or allows only one.
        else if (errno is not (Errno.EEXIST or Errno.EBUSY))
            throw Call.Failure($"Updating the link to map '{Name}'", AttachStructOpsFunction, errno, log);
    }

    private void CheckStructOps()
    {
        _object.CheckLoaded($"Map '{Name}'");
        if (Type != BpfMapType.StructOps)
            throw new InvalidOperationException($"Map '{Name}' has the type {Type}, but only maps of type StructOps can be attached.");
    }

    private void CheckHasLink()
    {
        CheckStructOps();
        if ((Flags & BpfMapFlags.Link) == 0)
            throw new InvalidOperationException(
                $"The link of map '{Name}' cannot be pinned or updated because the map was created without BpfMapFlags.Link. Put the structure "
                    + "into SEC(\".struct_ops.link\") (libbpf 1.2), or add the flag to Flags before the load; both require Linux "
                    + $"{s_firstLinkOfStructOps}."
            );
    }

    private static string? StructOpsAdvice(int errno) =>
        errno switch
        {
            Errno.EINVAL =>
                "The new structure must have the type and the name of the old one, and the link must be one of a struct_ops map.",
            Errno.EEXIST => "A structure of this name is registered; BpfLink.EnumerateLoaded() lists links of type StructOps.",
            Errno.EOPNOTSUPP => "The kernel cannot update structures of this type: dispose the old link, then attach the new map.",
            Errno.ENOLINK => "The link was detached. Attach the map again.",
            _ => null,
        };
}
