using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

// Where a program that watches can be attached. Every link detaches when it is disposed.
public sealed unsafe partial class BpfObjectProgram
{
    private const int AllProcesses = -1;

    /// <summary>Attaches the program where its section says.</summary>
    /// <exception cref="BpfObjectException">The section names no place (EOPNOTSUPP), the place does not exist, or the kernel refused.</exception>
    public BpfLink Attach() => Link("where its section says", "bpf_program__attach", () => Native.ProgramAttach(_program));

    /// <summary>Attaches to a tracepoint. Needs tracefs mounted.</summary>
    /// <param name="category">Such as <c>sched</c>.</param>
    /// <param name="name">Such as <c>sched_process_exec</c>.</param>
    /// <exception cref="BpfObjectException">There is no such tracepoint, or the kernel refused.</exception>
    public BpfLink AttachTracepoint(string category, string name) =>
        Link($"to tracepoint {category}/{name}", "bpf_program__attach_tracepoint", () => Native.ProgramAttachTracepoint(_program, category, name));

    /// <summary>Attaches to a raw tracepoint (Linux 4.17).</summary>
    /// <param name="name">Such as <c>sys_enter</c>.</param>
    /// <exception cref="BpfObjectException">There is no such tracepoint, or the kernel refused.</exception>
    public BpfLink AttachRawTracepoint(string name) =>
        Link($"to raw tracepoint {name}", "bpf_program__attach_raw_tracepoint", () => Native.ProgramAttachRawTracepoint(_program, name));

    /// <summary>Attaches to a kernel function, where the kernel has kprobes.</summary>
    /// <param name="function">The function.</param>
    /// <param name="onReturn">To its return instead of its entry.</param>
    /// <exception cref="BpfObjectException">There is no such function, the kernel has no kprobes, or it refused.</exception>
    public BpfLink AttachKprobe(string function, bool onReturn = false) =>
        Link($"to kernel function {function}", "bpf_program__attach_kprobe", () => Native.ProgramAttachKprobe(_program, onReturn, function));

    /// <summary>Attaches to a function of a program or a library in user space, where the kernel has uprobes (Linux 4.1).</summary>
    /// <param name="binary">A path, or a name that is looked for as the system does: <c>libc.so.6</c>, <c>bash</c>.</param>
    /// <param name="function">A function that the file's symbols name.</param>
    /// <param name="onReturn">To its return instead of its entry; the program's section is then <c>uretprobe</c>.</param>
    /// <param name="processId">The process whose calls count; <see langword="null"/> for all.</param>
    /// <exception cref="BpfObjectException">There is no such file, function or process, the kernel has no uprobes, or it refused.</exception>
    public BpfLink AttachUprobe(string binary, string function, bool onReturn = false, int? processId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(binary);
        ArgumentException.ThrowIfNullOrEmpty(function);
        return AttachUprobe(binary, function, 0, onReturn, processId);
    }

    /// <summary>Attaches to an instruction of a program or a library in user space, for files that have no symbols (Linux 4.1).</summary>
    /// <param name="binary">A path, or a name that is looked for as the system does.</param>
    /// <param name="offset">Where the instruction stands in the file, in bytes from its beginning.</param>
    /// <param name="onReturn">To the return of the function that begins there.</param>
    /// <param name="processId">The process whose calls count; <see langword="null"/> for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative.</exception>
    /// <exception cref="BpfObjectException">There is no such file or process, no instruction begins there (EINVAL), the kernel has no uprobes, or it refused.</exception>
    public BpfLink AttachUprobeAt(string binary, long offset, bool onReturn = false, int? processId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(binary);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return AttachUprobe(binary, function: null, offset, onReturn, processId);
    }

    /// <summary>Attaches to a static probe that a program or a library in user space has built in (USDT); the program's section is <c>usdt</c>.</summary>
    /// <param name="binary">A path, or a name that is looked for as the system does.</param>
    /// <param name="provider">Such as <c>postgresql</c>.</param>
    /// <param name="name">Such as <c>transaction__start</c>.</param>
    /// <param name="processId">The process whose hits count; <see langword="null"/> for all.</param>
    /// <exception cref="BpfObjectException">There is no such file, probe or process, the kernel has no uprobes, or it refused.</exception>
    public BpfLink AttachUsdt(string binary, string provider, string name, int? processId = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(binary);
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Link(
            $"to probe {provider}:{name} of {binary}",
            "bpf_program__attach_usdt",
            () => Native.ProgramAttachUsdt(_program, processId ?? AllProcesses, binary, provider, name, null));
    }

    /// <summary>Runs the program on every overflow of a perf event that the caller opened with perf_event_open(2) (Linux 4.9).</summary>
    /// <param name="perfEvent">Its descriptor, which stays the caller's.</param>
    /// <exception cref="BpfObjectException">It is no perf event (EBADF), or the kernel refused.</exception>
    public BpfLink AttachPerfEvent(SafeHandle perfEvent)
    {
        using OwnedDescriptor duplicate = Descriptors.Duplicate(perfEvent, "the perf event");
        return AttachPerfEvent(duplicate);
    }

    /// <summary>Runs the program so many times a second on every CPU, in whatever is running there: a profiler's clock (cpu-clock, Linux 4.9).</summary>
    /// <param name="frequency">In samples per second and CPU, such as 99; at most what /proc/sys/kernel/perf_event_max_sample_rate says.</param>
    /// <returns>A link for all CPUs that are online now. It cannot be pinned.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is not positive.</exception>
    /// <exception cref="BpfObjectException">The frequency is too high (EINVAL), the section of the program is not <c>perf_event</c> (EINVAL), or the kernel refused.</exception>
    public BpfLink AttachCpuClock(int frequency)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frequency);
        _ = FileDescriptor;
        List<BpfLink> links = [];
        try
        {
            foreach (int cpu in BpfHost.Kernel.PossibleCpus)
            {
                int errno = PerfEvents.OpenClock(cpu, (ulong)frequency, out OwnedDescriptor? clock);
                if (errno == Errno.ENODEV)
                    continue; // The CPU is offline.
                if (clock is null)
                    throw Call.Failure($"Opening the clock of CPU {cpu} for {frequency} samples a second", "perf_event_open", errno, log: "");
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

    private BpfNativeLink AttachUprobe(string binary, string? function, long offset, bool onReturn, int? processId)
    {
        nint functionName = Marshal.StringToCoTaskMemUTF8(function);
        try
        {
            UprobeOptions options = new() { Size = (nuint)sizeof(UprobeOptions), OnReturn = onReturn ? (byte)1 : (byte)0, FunctionName = (byte*)functionName };
            nint pointer = (nint)(&options);
            return Link(
                $"to {function ?? $"offset {offset}"} of {binary}",
                "bpf_program__attach_uprobe_opts",
                () => Native.ProgramAttachUprobe(_program, processId ?? AllProcesses, binary, (nuint)offset, (UprobeOptions*)pointer));
        }
        finally
        {
            Marshal.FreeCoTaskMem(functionName);
        }
    }

    /// <summary>The link takes the descriptor over, if there is one.</summary>
    private BpfNativeLink AttachPerfEvent(OwnedDescriptor perfEvent)
    {
        BpfNativeLink link = Link("to a perf event", "bpf_program__attach_perf_event", () => Native.ProgramAttachPerfEvent(_program, perfEvent.Number));
        perfEvent.SetHandleAsInvalid();
        return link;
    }

    private BpfNativeLink Link(string where, string command, Func<nint> attach)
    {
        _ = FileDescriptor;
        return new BpfNativeLink(Call.Pointer($"Attaching program '{Name}' ({SectionName}) {where}", command, attach));
    }
}
