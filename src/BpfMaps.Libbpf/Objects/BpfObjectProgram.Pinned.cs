namespace BpfMaps;

// Links that outlive the process: attaching at the first start, taking over at every later one.
public sealed unsafe partial class BpfObjectProgram
{
    /// <summary>Set while <see cref="AttachOrUpdatePinned"/> runs: what is attached then is pinned, or replaces what is pinned.</summary>
    private PinTakeover? _takeover;

    /// <summary>
    /// Attaches the program with a pinned link, or makes the link that is already pinned run this program, without a moment in which no
    /// program is attached. An application that is restarted or upgraded calls it at every start.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A link whose program the kernel can replace is updated (XDP, tcx, netkit, control groups, network namespaces: every packet is
    /// handled by the old or the new program). For others (tracepoints, kprobes, functions), a new link is attached and its pin replaces
    /// the old one, so that for a moment both programs run. A link that has lost its target, because its interface was removed, is
    /// replaced.
    /// </para>
    /// <para>
    /// A process that is killed then leaves the old or the new program attached. At most one process may use the path at a time; the
    /// path with <c>_new</c> appended is used too.
    /// </para>
    /// </remarks>
    /// <param name="path">
    /// The pin, in a BPF file system. Directories that do not exist are created. The file name must not contain a '.'.
    /// </param>
    /// <param name="attach">
    /// Attaches the program with one of its methods and returns the link: <c>program => program.AttachXdp("eth0")</c>.
    /// <see langword="null"/> for <see cref="Attach()"/>.
    /// </param>
    /// <returns>The link. Disposing it leaves the pin and the attachment as they are.</returns>
    /// <exception cref="BpfException">
    /// The pinned link has another type or target than the requested one; nothing was changed. Or the program could not be attached, pinned
    /// or updated.
    /// </exception>
    /// <exception cref="NotSupportedException">The attachment cannot be pinned.</exception>
    /// <exception cref="InvalidOperationException">The object is not loaded, or <paramref name="attach"/> does not attach this program.
    /// </exception>
    public BpfLink AttachOrUpdatePinned(string path, Func<BpfObjectProgram, BpfLink>? attach = null)
    {
        path = ObjectPins.FullPath(path);
        _ = FileDescriptor;
        if (_takeover is not null)
            throw new InvalidOperationException("AttachOrUpdatePinned cannot be called by the function that is passed to it.");
        PinTakeover takeover = new(path, $"of program '{Name}' ({SectionName})", Open);
        _takeover = takeover;
        try
        {
            BpfLink link = attach is null ? Attach() : attach(this);
            return takeover.Result is { } pinned && ReferenceEquals(pinned, link)
                ? link
                : throw new InvalidOperationException(
                    $"The function that was passed to AttachOrUpdatePinned must attach program '{Name}' and return the link."
                );
        }
        finally
        {
            _takeover = null;
        }
    }

    /// <summary>Opens the loaded program. The caller owns the result, which is independent of the object.</summary>
    /// <exception cref="InvalidOperationException">The object is not loaded yet, or <see cref="AutoLoad"/> was
    /// <see langword="false"/>.</exception>
    public BpfProgram Open() => new(Descriptors.Duplicate(FileDescriptor, $"program '{Name}'"));

    private BpfLink Start(AttachRequest request) => _takeover is { } takeover ? takeover.Run(request) : request.Attach();
}
