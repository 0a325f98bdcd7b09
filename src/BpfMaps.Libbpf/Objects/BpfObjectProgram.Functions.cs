using BpfMaps.Interop;

namespace BpfMaps;

// Functions and hooks of the kernel that a program is loaded for: fentry, fexit, tp_btf, LSM, freplace.
public sealed unsafe partial class BpfObjectProgram
{
    private const int AttachTypeIterator = IteratorAttribute.Type;

    /// <summary>
    /// Sets the function, tracepoint or security hook that the program is loaded for, instead of that of its section (<c>fentry</c>,
    /// <c>fexit</c>, <c>fmod_ret</c>, <c>tp_btf</c>, <c>lsm</c>, <c>freplace</c>). It can be called only before the load; then
    /// <see cref="Attach()"/> attaches the program.
    /// </summary>
    /// <param name="function">
    /// The name of the kernel function, of the tracepoint, or of the security hook without <c>bpf_lsm_</c>; with a target, of its function.
    /// </param>
    /// <param name="target">
    /// The program whose function is meant (<c>fentry</c>, <c>fexit</c> and <c>freplace</c>); <see langword="null"/> for the kernel. Keep
    /// it
    /// open until the load.
    /// </param>
    /// <exception cref="InvalidOperationException">The object is already loaded.</exception>
    /// <exception cref="BpfObjectException">
    /// The kernel has no such function in its BTF, or the program has another type (EINVAL).
    /// </exception>
    public void SetAttachTarget(string function, BpfProgram? target = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(function);
        _object.CheckNotLoaded($"The attach target of program '{Name}'");
        using HeldDescriptor held = new(target?.Handle);
        ObjectDisposedException.ThrowIf(held.IsDisposed, typeof(BpfProgram));
        int descriptor = held.Descriptor;
        int result = Libbpf.Collect(() => Native.ProgramSetAttachTarget(_program, descriptor, function), out string log);
        if (result >= 0)
            return;
        string? advice =
            target is null && -result is Errno.ESRCH or Errno.ENOENT
                ? $"The kernel has no '{function}' for programs of type {Type} (section '{SectionName}') in its BTF."
                : LoadAdvice.ForAttachment(-result, log, Type, SectionName, cookie: 0);
        throw Call.Failure(
            $"Setting the attach target of program '{Name}' ({SectionName}) to {function}",
            "bpf_program__set_attach_target",
            -result,
            log,
            advice
        );
    }

    /// <summary>
    /// Attaches a program of type <c>fentry</c>, <c>fexit</c>, <c>fmod_ret</c>, <c>lsm</c> (Linux 6.0) or <c>tp_btf</c> (6.10) to the
    /// target
    /// of its section or of <see cref="SetAttachTarget"/>, with a cookie (BPF_LINK_CREATE).
    /// </summary>
    /// <param name="cookie">A value that the program reads with bpf_get_attach_cookie.</param>
    /// <exception cref="NotSupportedException">
    /// The program has another type: pass the cookie to the method that names the target.
    /// </exception>
    /// <exception cref="BpfObjectException">The kernel rejected the program, or does not support cookies for it (EINVAL).</exception>
    public BpfLink Attach(ulong cookie)
    {
        int program = FileDescriptor;
        int attachType = Native.ProgramExpectedAttachType(_program);
        if (Type is not (BpfProgramType.Tracing or BpfProgramType.Lsm) || attachType == AttachTypeIterator)
            throw new NotSupportedException(
                $"Program '{Name}' ({SectionName}) has the type {Type}: pass the cookie to the method that names its target, such as "
                    + "AttachKprobe or AttachTracepoint."
            );
        const string where = "where its section says, with a cookie";
        return Start(
            new AttachRequest(
                where,
                () =>
                {
                    LinkCreateAttribute attribute = new()
                    {
                        Program = program,
                        AttachType = attachType,
                        Cookie = cookie,
                    };
                    int errno = KernelCall.CreateLink(ref attribute, LinkCreateAttribute.AnchorSize, out OwnedDescriptor? link);
                    return errno == Errno.Ok
                        ? new BpfKernelLink(link!)
                        : throw Failure(
                            where,
                            BpfCommand.LinkCreate,
                            errno,
                            errno is Errno.EINVAL or Errno.E2BIG
                                ? LoadAdvice.Requires("Cookies of functions (6.10 for tp_btf)", new Version(6, 0))
                                : null
                        );
                }
            )
        );
    }
}
