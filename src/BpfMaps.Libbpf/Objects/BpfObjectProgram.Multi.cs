using BpfMaps.Interop;

namespace BpfMaps;

// Programs on many functions with one link.
public sealed unsafe partial class BpfObjectProgram
{
    private const string AttachUprobeMultiFunction = "bpf_program__attach_uprobe_multi";
    private static readonly Version s_firstKprobeMulti = new(5, 18);
    private static readonly Version s_firstUprobeMulti = new(6, 6);

    /// <summary>
    /// Attaches the program to many kernel functions with one link (kprobe.multi: BPF_LINK_CREATE, Linux 5.18, with CONFIG_FPROBE). The
    /// section of the program is <c>kprobe.multi</c> or <c>kretprobe.multi</c>.
    /// </summary>
    /// <param name="functions">
    /// Names of functions, or patterns with <c>*</c> and <c>?</c> such as <c>vfs_*</c>, which stand for all functions that can be traced.
    /// Patterns require a mounted tracefs.
    /// </param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// There is no function, no function matches a pattern, or there are fewer or more cookies than functions.
    /// </exception>
    /// <exception cref="BpfPermissionException">A pattern is used, but the list of functions in tracefs cannot be read.</exception>
    /// <exception cref="BpfObjectException">
    /// A function does not exist or cannot be traced (ESRCH), the kernel has no kprobe.multi (EOPNOTSUPP, EINVAL), or it rejected the
    /// program.
    /// </exception>
    public BpfLink AttachKprobeMulti(IReadOnlyList<string> functions, BpfMultiProbeOptions? options = null)
    {
        int program = FileDescriptor;
        options ??= new BpfMultiProbeOptions();
        CheckFunctions(functions, options);
        (string[] names, ulong[] cookies) = KernelFunctions.Expand(functions, options.Cookies);
        string where = $"to {names.Length} kernel functions ({string.Join(", ", functions)})";
        return Start(
            new AttachRequest(
                where,
                () =>
                {
                    int errno = KernelCall.CreateKprobeMulti(program, names, cookies, options.OnReturn, out OwnedDescriptor? link);
                    return errno == Errno.Ok
                        ? new BpfKernelLink(link!)
                        : throw Failure(where, BpfCommand.LinkCreate, errno, KprobeMultiAdvice(errno));
                }
            )
        );
    }

    /// <summary>
    /// Attaches the program to many functions of an executable or library with one link (uprobe.multi: Linux 6.6, libbpf 1.3). The section
    /// of the program is <c>uprobe.multi</c> or <c>uretprobe.multi</c>.
    /// </summary>
    /// <param name="binary">A path, or a name that is searched for as the system does: <c>libc.so.6</c>, <c>bash</c>.</param>
    /// <param name="functions">
    /// Names of functions, or one pattern with <c>*</c> and <c>?</c>. libbpf (as of 1.7) finds several names only in files that are not
    /// stripped (ENOENT); use a pattern or several links for others.
    /// </param>
    /// <param name="options">The options; <see langword="null"/> for the defaults. A pattern cannot have a cookie.</param>
    /// <exception cref="ArgumentException">
    /// There is no function, a pattern has a cookie or is not alone, or there are fewer or more cookies than functions.
    /// </exception>
    /// <exception cref="BpfNotSupportedException">libbpf is older than 1.3.</exception>
    /// <exception cref="BpfObjectException">
    /// The file or a function does not exist, the kernel has no uprobe.multi (EINVAL), or it rejected the program.
    /// </exception>
    public BpfLink AttachUprobeMulti(string binary, IReadOnlyList<string> functions, BpfMultiProbeOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(binary);
        _ = FileDescriptor;
        options ??= new BpfMultiProbeOptions();
        CheckFunctions(functions, options);
        bool isPattern = functions.Any(KernelFunctions.IsPattern);
        if (isPattern && (functions.Count != 1 || options.Cookies is not null))
            throw new ArgumentException("A pattern must be the only function and has no cookie.", nameof(functions));
        // libbpf finds names only in files with a symbol table, but patterns in stripped libraries too.
        isPattern |= functions.Count == 1 && options.Cookies is null;
        if (!LibbpfLibrary.TryGetFunction(AttachUprobeMultiFunction, out nint function))
            throw LoadAdvice.LibbpfTooOld("Attaching to many functions in user space (uprobe.multi)", "1.3", s_firstUprobeMulti);

        using NativeStrings names = new([.. functions]);
        using NativeStrings binaryName = new([BinaryPath.Of(binary)]);
        ulong[]? cookies = options.Cookies?.ToArray();
        fixed (nint* symbols = names.Addresses)
        fixed (ulong* values = cookies)
        {
            UprobeMultiOptions native = new() { Size = (nuint)sizeof(UprobeMultiOptions), OnReturn = options.OnReturn ? (byte)1 : (byte)0 };
            if (!isPattern)
            {
                native.Functions = (byte**)symbols;
                native.Cookies = values;
                native.Count = (nuint)functions.Count;
            }
            nint pointer = (nint)(&native),
                pattern = isPattern ? names.Addresses[0] : 0,
                path = binaryName.Addresses[0];
            int process = options.ProcessId ?? AllProcesses;
            return Link(
                $"to {string.Join(", ", functions)} of {binary}",
                AttachUprobeMultiFunction,
                () =>
                    ((delegate* unmanaged<nint, int, byte*, byte*, UprobeMultiOptions*, nint>)function)(
                        _program,
                        process,
                        (byte*)path,
                        (byte*)pattern,
                        (UprobeMultiOptions*)pointer
                    )
            );
        }
    }

    private static void CheckFunctions(IReadOnlyList<string> functions, BpfMultiProbeOptions options)
    {
        ArgumentNullException.ThrowIfNull(functions);
        if (functions.Count == 0 || functions.Any(string.IsNullOrEmpty))
            throw new ArgumentException("At least one function is required, and names must not be empty.", nameof(functions));
        if (options.Cookies is { } cookies && cookies.Count != functions.Count)
            throw new ArgumentException(
                $"There are {functions.Count} functions but {cookies.Count} cookies; each function needs one.",
                nameof(options)
            );
    }

    private string? KprobeMultiAdvice(int errno) =>
        errno switch
        {
            Errno.EOPNOTSUPP => "This kernel was built without CONFIG_FPROBE, which kprobe.multi requires: use AttachKprobe.",
            Errno.EINVAL when Environment.OSVersion.Version < s_firstKprobeMulti => LoadAdvice.Requires("kprobe.multi", s_firstKprobeMulti),
            Errno.EINVAL => $"The section of the program must be kprobe.multi or kretprobe.multi, but it is '{SectionName}'.",
            Errno.ESRCH or Errno.ENOENT =>
                "At least one of the functions does not exist or cannot be traced; /sys/kernel/tracing/available_filter_functions lists those that can.",
            _ => null,
        };
}
