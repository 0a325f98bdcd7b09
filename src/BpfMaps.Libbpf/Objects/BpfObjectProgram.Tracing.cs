using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

// Attachments of tracing programs. Disposing a link detaches the program.
public sealed unsafe partial class BpfObjectProgram
{
    private const int AllProcesses = -1;

    /// <summary>Attaches the program to the target that its section specifies.</summary>
    /// <exception cref="BpfObjectException">The section specifies no target (EOPNOTSUPP), the target does not exist, or the kernel rejected
    /// the program.</exception>
    public BpfLink Attach()
    {
        if (SectionName.StartsWith("usdt", StringComparison.Ordinal))
            UsdtLayout.Check(_object, Name);
        return Link("where its section says", "bpf_program__attach", () => Native.ProgramAttach(_program));
    }

    /// <summary>Attaches the program to a tracepoint. Requires a mounted tracefs.</summary>
    /// <param name="category">The category, such as <c>sched</c>.</param>
    /// <param name="name">The name, such as <c>sched_process_exec</c>.</param>
    /// <exception cref="BpfObjectException">The tracepoint does not exist, or the kernel rejected the program.</exception>
    public BpfLink AttachTracepoint(string category, string name) =>
        Link(
            $"to tracepoint {category}/{name}",
            "bpf_program__attach_tracepoint",
            () => Native.ProgramAttachTracepoint(_program, category, name)
        );

    /// <summary>Attaches the program to a raw tracepoint (Linux 4.17).</summary>
    /// <param name="name">The name, such as <c>sys_enter</c>.</param>
    /// <exception cref="BpfObjectException">The tracepoint does not exist, or the kernel rejected the program.</exception>
    public BpfLink AttachRawTracepoint(string name) =>
        Link($"to raw tracepoint {name}", "bpf_program__attach_raw_tracepoint", () => Native.ProgramAttachRawTracepoint(_program, name));

    /// <summary>Attaches the program to a kernel function. Requires a kernel with kprobes.</summary>
    /// <param name="function">The name of the function.</param>
    /// <param name="onReturn">Whether to attach to the return of the function instead of its entry.</param>
    /// <exception cref="BpfObjectException">The function does not exist, the kernel has no kprobes, or it rejected the program.</exception>
    public BpfLink AttachKprobe(string function, bool onReturn = false) =>
        Link(
            $"to kernel function {function}",
            "bpf_program__attach_kprobe",
            () => Native.ProgramAttachKprobe(_program, onReturn, function)
        );

    /// <summary>
    /// Attaches the program to a function of an executable or library in user space. Requires a kernel with uprobes (Linux 4.1).
    /// </summary>
    /// <param name="binary">A path, or a name that is searched for as the system does: <c>libc.so.6</c>, <c>bash</c>.</param>
    /// <param name="function">The name of the function in the file's symbols.</param>
    /// <param name="onReturn">Whether to attach to the return of the function instead of its entry; the program's section must then be
    /// <c>uretprobe</c>.</param>
    /// <param name="processId">The process to trace; <see langword="null"/> for all processes.</param>
    /// <exception cref="BpfObjectException">The file, function or process does not exist, the kernel has no uprobes, or it rejected the
    /// program.</exception>
    public BpfLink AttachUprobe(string binary, string function, bool onReturn = false, int? processId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(binary);
        ArgumentException.ThrowIfNullOrEmpty(function);
        return AttachUprobe(binary, function, 0, onReturn, processId);
    }

    /// <summary>
    /// Attaches the program to an instruction of an executable or library in user space, for files without symbols (Linux 4.1).
    /// </summary>
    /// <param name="binary">A path, or a name that is searched for as the system does.</param>
    /// <param name="offset">The offset of the instruction in the file, in bytes.</param>
    /// <param name="onReturn">Whether to attach to the return of the function that begins there.</param>
    /// <param name="processId">The process to trace; <see langword="null"/> for all processes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative.</exception>
    /// <exception cref="BpfObjectException">The file or process does not exist, no instruction begins at the offset (EINVAL), the kernel
    /// has no uprobes, or it rejected the program.</exception>
    public BpfLink AttachUprobeAt(string binary, long offset, bool onReturn = false, int? processId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(binary);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return AttachUprobe(binary, function: null, offset, onReturn, processId);
    }

    /// <summary>
    /// Attaches the program to a user statically defined tracepoint (USDT) of an executable or library; the program's section is
    /// <c>usdt</c>.
    /// </summary>
    /// <param name="binary">A path, or a name that is searched for as the system does.</param>
    /// <param name="provider">The provider, such as <c>postgresql</c>.</param>
    /// <param name="name">The name, such as <c>transaction__start</c>.</param>
    /// <param name="processId">The process to trace; <see langword="null"/> for all processes.</param>
    /// <exception cref="BpfObjectException">The file, probe or process does not exist, the kernel has no uprobes, or it rejected the
    /// program; or the object and libbpf are from different sides of libbpf 1.7 (EOPNOTSUPP).</exception>
    public BpfLink AttachUsdt(string binary, string provider, string name, int? processId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(binary);
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentException.ThrowIfNullOrEmpty(name);
        UsdtLayout.Check(_object, Name);
        return Link(
            $"to probe {provider}:{name} of {binary}",
            "bpf_program__attach_usdt",
            () => Native.ProgramAttachUsdt(_program, processId ?? AllProcesses, binary, provider, name, null)
        );
    }

    /// <summary>
    /// Attaches the program to a perf event that the caller opened with perf_event_open(2); it runs on every overflow (Linux 4.9).
    /// </summary>
    /// <param name="perfEvent">The descriptor of the perf event. The caller keeps ownership.</param>
    /// <exception cref="BpfObjectException">The descriptor is not a perf event (EBADF), or the kernel rejected the program.</exception>
    public BpfLink AttachPerfEvent(SafeHandle perfEvent)
    {
        _ = FileDescriptor;
        return Start(
            new AttachRequest(
                "to a perf event",
                () =>
                {
                    using OwnedDescriptor duplicate = Descriptors.Duplicate(perfEvent, "the perf event");
                    return AttachPerfEvent(duplicate);
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
                    links.Add(AttachPerfEvent(clock));
            }
        }
        catch
        {
            links.ForEach(link => link.Dispose());
            throw;
        }
        return new BpfLinkGroup(links);
    }

    private BpfLink AttachUprobe(string binary, string? function, long offset, bool onReturn, int? processId)
    {
        nint functionName = Marshal.StringToCoTaskMemUTF8(function);
        try
        {
            UprobeOptions options = new()
            {
                Size = (nuint)sizeof(UprobeOptions),
                OnReturn = onReturn ? (byte)1 : (byte)0,
                FunctionName = (byte*)functionName,
            };
            nint pointer = (nint)(&options);
            return Link(
                $"to {function ?? $"offset {offset}"} of {binary}",
                "bpf_program__attach_uprobe_opts",
                () => Native.ProgramAttachUprobe(_program, processId ?? AllProcesses, binary, (nuint)offset, (UprobeOptions*)pointer)
            );
        }
        finally
        {
            Marshal.FreeCoTaskMem(functionName);
        }
    }

    /// <summary>Attaches to a perf event. The link takes ownership of the descriptor.</summary>
    private BpfNativeLink AttachPerfEvent(OwnedDescriptor perfEvent)
    {
        BpfNativeLink link = NativeLink(
            "to a perf event",
            "bpf_program__attach_perf_event",
            () => Native.ProgramAttachPerfEvent(_program, perfEvent.Number)
        );
        perfEvent.SetHandleAsInvalid();
        return link;
    }

    private BpfLink Link(string where, string command, Func<nint> attach)
    {
        _ = FileDescriptor;
        return Start(new AttachRequest(where, () => NativeLink(where, command, attach)));
    }

    private BpfNativeLink NativeLink(string where, string command, Func<nint> attach) =>
        new(Call.Pointer($"Attaching program '{Name}' ({SectionName}) {where}", command, attach, () => KernelLacks.Of(this)));
}
