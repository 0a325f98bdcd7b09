using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

// Attachments of tracing programs. Disposing a link detaches the program.
public sealed unsafe partial class BpfObjectProgram
{
    /// <summary>Attaches the program to the target that its section specifies.</summary>
    /// <exception cref="BpfObjectException">The section specifies no target (EOPNOTSUPP), the target does not exist, or the kernel rejected
    /// the program.</exception>
    public BpfLink Attach()
    {
        if (SectionName.StartsWith("usdt", StringComparison.Ordinal))
            UsdtLayout.Check(_object, Name);
        return Link("where its section says", "bpf_program__attach", () => Native.ProgramAttach(_program));
    }

    /// <summary>Attaches the program where its section says; <see langword="null"/> if the section names no target.</summary>
    internal BpfLink? TryAttach()
    {
        _ = FileDescriptor;
        if (SectionName.StartsWith("usdt/", StringComparison.Ordinal))
            UsdtLayout.Check(_object, Name);
        nint link = Call.TryPointer(() => Native.ProgramAttach(_program), out int errno, out string log);
        if (link != 0)
            return new BpfNativeLink(link);
        // libbpf says nothing about sections without a target.
        if (errno == Errno.EOPNOTSUPP && log.Length == 0)
            return null;
        throw Call.Failure(
            $"Attaching program '{Name}' ({SectionName}) where its section says",
            "bpf_program__attach",
            errno,
            log,
            KernelLacks.Of(this) ?? LoadAdvice.ForAttachment(errno, log, Type, SectionName, cookie: 0)
        );
    }

    /// <summary>Attaches the program to a tracepoint. Requires a mounted tracefs.</summary>
    /// <param name="category">The category, such as <c>sched</c>.</param>
    /// <param name="name">The name, such as <c>sched_process_exec</c>.</param>
    /// <param name="cookie">A value that the program reads with bpf_get_attach_cookie (Linux 5.15); 0 for none.</param>
    /// <exception cref="BpfObjectException">The tracepoint does not exist, or the kernel rejected the program.</exception>
    public BpfLink AttachTracepoint(string category, string name, ulong cookie = 0)
    {
        CookieOptions options = Cookie(cookie);
        nint pointer = (nint)(&options);
        return Link(
            $"to tracepoint {category}/{name}",
            "bpf_program__attach_tracepoint_opts",
            () => Native.ProgramAttachTracepoint(_program, category, name, (CookieOptions*)pointer),
            cookie
        );
    }

    /// <summary>Attaches the program to a raw tracepoint (Linux 4.17).</summary>
    /// <param name="name">The name, such as <c>sys_enter</c>.</param>
    /// <param name="cookie">A value that the program reads with bpf_get_attach_cookie (Linux 6.10); 0 for none.</param>
    /// <exception cref="BpfObjectException">The tracepoint does not exist, or the kernel rejected the program.</exception>
    public BpfLink AttachRawTracepoint(string name, ulong cookie = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        int program = FileDescriptor;
        string where = $"to raw tracepoint {name}";
        if (cookie == 0)
            return Link(where, "bpf_program__attach_raw_tracepoint", () => Native.ProgramAttachRawTracepoint(_program, name));
        return Start(
            new AttachRequest(
                where,
                () =>
                {
                    int errno = KernelCall.OpenRawTracepoint(name, program, cookie, out OwnedDescriptor? link);
                    return errno == Errno.Ok
                        ? new BpfKernelLink(link!)
                        : throw Failure(
                            where,
                            BpfCommand.RawTracepointOpen,
                            errno,
                            errno switch
                            {
                                Errno.ENOENT => $"The kernel has no raw tracepoint '{name}'.",
                                Errno.EINVAL or Errno.E2BIG => LoadAdvice.Requires("Cookies of raw tracepoints", new Version(6, 10)),
                                _ => null,
                            }
                        );
                }
            )
        );
    }

    /// <summary>Attaches the program to a kernel function. Requires a kernel with kprobes.</summary>
    /// <param name="function">The name of the function.</param>
    /// <param name="onReturn">Whether to attach to the return of the function instead of its entry.</param>
    /// <param name="cookie">A value that the program reads with bpf_get_attach_cookie (Linux 5.15); 0 for none.</param>
    /// <exception cref="BpfObjectException">The function does not exist, the kernel has no kprobes, or it rejected the program.</exception>
    public BpfLink AttachKprobe(string function, bool onReturn = false, ulong cookie = 0)
    {
        KprobeOptions options = new()
        {
            Size = (nuint)sizeof(KprobeOptions),
            Cookie = cookie,
            OnReturn = onReturn ? (byte)1 : (byte)0,
        };
        nint pointer = (nint)(&options);
        return Link(
            $"to kernel function {function}",
            "bpf_program__attach_kprobe_opts",
            () => Native.ProgramAttachKprobe(_program, function, (KprobeOptions*)pointer),
            cookie
        );
    }

    /// <summary>
    /// Attaches the program to a perf event that the caller opened with perf_event_open(2); it runs on every overflow (Linux 4.9).
    /// </summary>
    /// <param name="perfEvent">The descriptor of the perf event. The caller keeps ownership.</param>
    /// <param name="cookie">A value that the program reads with bpf_get_attach_cookie (Linux 5.15); 0 for none.</param>
    /// <exception cref="BpfObjectException">The descriptor is not a perf event (EBADF), or the kernel rejected the program.</exception>
    public BpfLink AttachPerfEvent(SafeHandle perfEvent, ulong cookie = 0)
    {
        _ = FileDescriptor;
        return Start(
            new AttachRequest(
                "to a perf event",
                () =>
                {
                    using OwnedDescriptor duplicate = Descriptors.Duplicate(perfEvent, "the perf event");
                    return AttachPerfEvent(duplicate, cookie);
                }
            )
        );
    }

    /// <summary>
    /// Attaches the program to a clock on every CPU and runs it at a fixed frequency, in the context of whatever runs there, as profilers
    /// do (cpu-clock, Linux 4.9).
    /// </summary>
    /// <param name="frequency">The samples per second and CPU, such as 99; at most the value of
    /// /proc/sys/kernel/perf_event_max_sample_rate.</param>
    /// <returns>A link for all CPUs that are online at the time of the call. It cannot be pinned.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is not positive.</exception>
    /// <exception cref="BpfObjectException">The frequency is too high (EINVAL), the section of the program is not <c>perf_event</c>
    /// (EINVAL), or the kernel rejected the program.</exception>
    public BpfLink AttachCpuClock(int frequency)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frequency);
        _ = FileDescriptor;
        return Start(new AttachRequest("to the CPU clocks", () => AttachCpuClocks(frequency)));
    }

    private BpfLinkGroup AttachCpuClocks(int frequency)
    {
        List<BpfLink> links = [];
        try
        {
            foreach (int cpu in BpfHost.Kernel.PossibleCpus)
            {
                int errno = PerfEvents.OpenClock(cpu, (ulong)frequency, out OwnedDescriptor? clock);
                if (errno == Errno.ENODEV)
                    continue; // The CPU is offline.
                if (clock is null)
                    throw Call.Failure(
                        $"Opening the clock of CPU {cpu} for {frequency} samples a second",
                        "perf_event_open",
                        errno,
                        log: ""
                    );
                using (clock)
                    links.Add(AttachPerfEvent(clock, cookie: 0));
            }
        }
        catch
        {
            links.ForEach(link => link.Dispose());
            throw;
        }
        return new BpfLinkGroup(links);
    }

    /// <summary>Attaches to a perf event. The link takes ownership of the descriptor.</summary>
    private BpfNativeLink AttachPerfEvent(OwnedDescriptor perfEvent, ulong cookie)
    {
        CookieOptions options = Cookie(cookie);
        nint pointer = (nint)(&options);
        BpfNativeLink link = NativeLink(
            "to a perf event",
            "bpf_program__attach_perf_event_opts",
            () => Native.ProgramAttachPerfEvent(_program, perfEvent.Number, (CookieOptions*)pointer),
            cookie
        );
        perfEvent.SetHandleAsInvalid();
        return link;
    }

    private static CookieOptions Cookie(ulong cookie) => new() { Size = (nuint)sizeof(CookieOptions), Cookie = cookie };

    private BpfLink Link(string where, string command, Func<nint> attach, ulong cookie = 0)
    {
        _ = FileDescriptor;
        return Start(new AttachRequest(where, () => NativeLink(where, command, attach, cookie)));
    }

    private BpfNativeLink NativeLink(string where, string command, Func<nint> attach, ulong cookie = 0)
    {
        nint link = Call.TryPointer(attach, out int errno, out string log);
        if (link != 0)
            return new BpfNativeLink(link);
        string? advice = KernelLacks.Of(this) ?? LoadAdvice.ForAttachment(errno, log, Type, SectionName, cookie);
        throw Call.Failure($"Attaching program '{Name}' ({SectionName}) {where}", command, errno, log, advice);
    }

    private BpfObjectException Failure(string where, BpfCommand command, int errno, string? advice) =>
        Call.Failure(
            $"Attaching program '{Name}' ({SectionName}) {where}",
            command.Name(),
            errno,
            log: "",
            advice ?? KernelLacks.Of(this) ?? LoadAdvice.ForAttachment(errno, log: "", Type, SectionName, cookie: 0)
        );
}
