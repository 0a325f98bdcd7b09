using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>
/// An attachment of a program in the kernel. Disposing the link, or ending the process, detaches the program unless the link is pinned.
/// </summary>
/// <remarks>
/// Most attachments are kernel links, which can be pinned, opened again, updated and listed. Attachments to sockets, legacy traffic control
/// (<c>AttachTc</c>) and CPU clocks are not, and those to socket maps, kprobes, uprobes and tracepoints only on newer kernels; for them,
/// the members that need a kernel link throw a <see cref="NotSupportedException"/> that says what to use instead.
/// </remarks>
public abstract class BpfLink : IDisposable
{
    private int _isDisposed;

    private protected BpfLink() { }

    /// <summary>Gets the properties of the link: its program and its target (BPF_OBJ_GET_INFO_BY_FD, Linux 5.8).</summary>
    /// <exception cref="NotSupportedException">The attachment is not a kernel link.</exception>
    /// <exception cref="BpfException">The kernel returned an error.</exception>
    public BpfLinkInfo Info => LinkInfo.Read(KernelLink("described"));

    /// <summary>
    /// Gets the path that the link was opened from or last pinned at with this object; <see langword="null"/> if there is none.
    /// </summary>
    public string? PinPath { get; internal set; }

    /// <summary>Opens a pinned link (BPF_OBJ_GET, Linux 5.7).</summary>
    /// <param name="path">The pin, in a BPF file system.</param>
    /// <returns>The link. Disposing it leaves the pin and the attachment as they are.</returns>
    /// <exception cref="BpfPermissionException">
    /// The mode of the pin or a missing capability denies access; the message says which.
    /// </exception>
    /// <exception cref="BpfException">The path does not exist (ENOENT), or the pin is not a link (EINVAL).</exception>
    public static BpfLink OpenPinned(string path)
    {
        path = ObjectPins.FullPath(path);
        return new BpfKernelLink(ObjectPins.Open(path, PinKind.Link)) { PinPath = path };
    }

    /// <summary>Opens a link by its id (BPF_LINK_GET_FD_BY_ID, Linux 5.8). Requires CAP_SYS_ADMIN.</summary>
    /// <param name="id">The id, see <see cref="BpfLinkInfo.Id"/> and <c>bpftool link</c>.</param>
    /// <returns>The link. The program stays attached at least until it is disposed.</returns>
    /// <exception cref="BpfPermissionException">A capability is missing.</exception>
    /// <exception cref="BpfException">No link has this id (ENOENT).</exception>
    public static BpfLink OpenById(uint id) => new BpfKernelLink(ObjectIds.Open(ObjectIds.Links, id));

    /// <summary>
    /// Lists the links of all processes in the order of their ids (BPF_LINK_GET_NEXT_ID, Linux 5.8). Requires CAP_SYS_ADMIN.
    /// </summary>
    /// <remarks>
    /// Links that are created or removed during the enumeration may or may not be listed. Attachments that are not kernel links are not
    /// listed.
    /// </remarks>
    /// <exception cref="BpfPermissionException">A capability is missing.</exception>
    public static IEnumerable<BpfLinkInfo> EnumerateLoaded() => ObjectIds.Walk(ObjectIds.Links, LinkInfo.Read);

    /// <summary>
    /// Pins the link at a path in a BPF file system, so that the program stays attached without the process (BPF_OBJ_PIN, Linux 5.7).
    /// </summary>
    /// <param name="path">The path; directories that do not exist are created. The file name must not contain a '.'.</param>
    /// <exception cref="NotSupportedException">The attachment is not a kernel link.</exception>
    /// <exception cref="BpfPermissionException">The path is not in a BPF file system, or a privilege is missing (EPERM).</exception>
    /// <exception cref="BpfException">The path exists (EEXIST).</exception>
    public void Pin(string path)
    {
        path = ObjectPins.FullPath(path);
        ObjectPins.Pin(KernelLink("pinned"), path, PinKind.Link);
        PinPath = path;
    }

    /// <summary>
    /// Removes the pin <see cref="PinPath"/>. The program stays attached until this link is disposed, if nothing else holds the link.
    /// </summary>
    /// <exception cref="InvalidOperationException">The link was neither pinned nor opened from a pin with this object.</exception>
    /// <exception cref="BpfException">The pin does not exist (ENOENT), or removing it was denied.</exception>
    public void Unpin()
    {
        ObjectPins.Remove(PinPath ?? throw ObjectPins.NoPath(PinKind.Link), PinKind.Link);
        PinPath = null;
    }

    /// <summary>
    /// Replaces the program atomically: every event is handled by either the old or the new program (BPF_LINK_UPDATE, Linux 5.7).
    /// Supported by links to interfaces (XDP 5.9, tcx, netkit), control groups, network namespaces and socket maps.
    /// </summary>
    /// <param name="program">The new program, of the same type.</param>
    /// <param name="expected">
    /// The program that must be attached now; otherwise the update fails (EPERM, EINVAL) and changes nothing. <see langword="null"/>
    /// replaces any program.
    /// </param>
    /// <exception cref="NotSupportedException">The attachment is not a kernel link.</exception>
    /// <exception cref="BpfNotSupportedException">Links of this type cannot be updated.</exception>
    /// <exception cref="BpfException">
    /// The link has lost its target (ENOLINK), the program has another type (EINVAL), or another program than the expected one is attached.
    /// </exception>
    public void Update(BpfProgram program, BpfProgram? expected = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        int errno = TryUpdate(program.Handle, expected?.Handle);
        if (errno != Errno.Ok)
            throw LinkFailures.OfUpdate(this, errno, program, expected);
    }

    /// <summary>
    /// Detaches the program now, even if the link is pinned or open in other processes (BPF_LINK_DETACH, Linux 5.9). The link and its pins
    /// stay, without a target.
    /// </summary>
    /// <remarks>
    /// Links to interfaces, control groups, network namespaces, socket maps and struct_ops maps support it. An attachment that is not a
    /// kernel link is simply disposed.
    /// </remarks>
    /// <exception cref="BpfNotSupportedException">
    /// Links of this type are detached only when nothing holds them: unpin and dispose them.
    /// </exception>
    public void Detach()
    {
        CheckAlive();
        if (Handle is not { } handle)
        {
            Dispose();
            return;
        }
        int errno = KernelCall.DetachLink(handle);
        if (errno != Errno.Ok)
            throw LinkFailures.OfDetach(this, errno);
    }

    /// <summary>Closes the link. The program is detached unless the link is pinned or open elsewhere.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>The descriptor of the kernel link; <see langword="null"/> if the attachment is not one.</summary>
    private protected virtual SafeHandle? Handle => null;

    /// <summary>Why the attachment is not a kernel link, and what to use instead.</summary>
    private protected virtual string WhyNotKernelLink => "";

    private protected abstract void Release();

    private protected void CheckAlive() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed) != 0, this);

    /// <returns>0, or the error number.</returns>
    internal int TryUpdate(SafeHandle program, SafeHandle? expected) => KernelCall.UpdateLink(KernelLink("updated"), program, expected);

    /// <exception cref="NotSupportedException">The attachment is not a kernel link.</exception>
    internal SafeHandle GetKernelLink(string purpose) => KernelLink($"used as {purpose}");

    private SafeHandle KernelLink(string what)
    {
        CheckAlive();
        return Handle
            ?? throw new NotSupportedException($"The attachment cannot be {what} because it is not a kernel link. {WhyNotKernelLink}");
    }
}
