using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

// Attachments to executables and libraries in user space. Disposing a link detaches the program.
public sealed unsafe partial class BpfObjectProgram
{
    private const int AllProcesses = -1;

    /// <summary>
    /// Attaches the program to a function of an executable or library in user space. Requires a kernel with uprobes (Linux 4.1).
    /// </summary>
    /// <param name="binary">A path, or a name that is searched for as the system does: <c>libc.so.6</c>, <c>bash</c>.</param>
    /// <param name="function">The name of the function in the file's symbols.</param>
    /// <param name="onReturn">Whether to attach to the return of the function instead of its entry; the program's section must then be
    /// <c>uretprobe</c>.</param>
    /// <param name="processId">The process to trace; <see langword="null"/> for all processes.</param>
    /// <param name="cookie">A value that the program reads with bpf_get_attach_cookie (Linux 5.15); 0 for none.</param>
    /// <exception cref="BpfObjectException">The file, function or process does not exist, the kernel has no uprobes, or it rejected the
    /// program.</exception>
    public BpfLink AttachUprobe(string binary, string function, bool onReturn = false, int? processId = null, ulong cookie = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(binary);
        ArgumentException.ThrowIfNullOrEmpty(function);
        return AttachUprobe(binary, function, 0, onReturn, processId, cookie);
    }

    /// <summary>
    /// Attaches the program to an instruction of an executable or library in user space, for files without symbols (Linux 4.1).
    /// </summary>
    /// <param name="binary">A path, or a name that is searched for as the system does.</param>
    /// <param name="offset">The offset of the instruction in the file, in bytes.</param>
    /// <param name="onReturn">Whether to attach to the return of the function that begins there.</param>
    /// <param name="processId">The process to trace; <see langword="null"/> for all processes.</param>
    /// <param name="cookie">A value that the program reads with bpf_get_attach_cookie (Linux 5.15); 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative.</exception>
    /// <exception cref="BpfObjectException">The file or process does not exist, no instruction begins at the offset (EINVAL), the kernel
    /// has no uprobes, or it rejected the program.</exception>
    public BpfLink AttachUprobeAt(string binary, long offset, bool onReturn = false, int? processId = null, ulong cookie = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(binary);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return AttachUprobe(binary, function: null, offset, onReturn, processId, cookie);
    }

    /// <summary>
    /// Attaches the program to a user statically defined tracepoint (USDT) of an executable or library; the program's section is
    /// <c>usdt</c>.
    /// </summary>
    /// <param name="binary">A path, or a name that is searched for as the system does.</param>
    /// <param name="provider">The provider, such as <c>postgresql</c>.</param>
    /// <param name="name">The name, such as <c>transaction__start</c>.</param>
    /// <param name="processId">The process to trace; <see langword="null"/> for all processes.</param>
    /// <param name="cookie">A value that the program reads with bpf_usdt_cookie (Linux 5.15); 0 for none.</param>
    /// <exception cref="BpfObjectException">The file, probe or process does not exist, the kernel has no uprobes, or it rejected the
    /// program; or the object and libbpf are from different sides of libbpf 1.7 (EOPNOTSUPP).</exception>
    public BpfLink AttachUsdt(string binary, string provider, string name, int? processId = null, ulong cookie = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(binary);
        ArgumentException.ThrowIfNullOrEmpty(provider);
        ArgumentException.ThrowIfNullOrEmpty(name);
        UsdtLayout.Check(_object, Name);
        CookieOptions options = Cookie(cookie);
        nint pointer = (nint)(&options);
        return Link(
            $"to probe {provider}:{name} of {binary}",
            "bpf_program__attach_usdt",
            () => Native.ProgramAttachUsdt(_program, processId ?? AllProcesses, binary, provider, name, (CookieOptions*)pointer),
            cookie
        );
    }

    private BpfLink AttachUprobe(string binary, string? function, long offset, bool onReturn, int? processId, ulong cookie)
    {
        nint functionName = Marshal.StringToCoTaskMemUTF8(function);
        try
        {
            UprobeOptions options = new()
            {
                Size = (nuint)sizeof(UprobeOptions),
                Cookie = cookie,
                OnReturn = onReturn ? (byte)1 : (byte)0,
                FunctionName = (byte*)functionName,
            };
            nint pointer = (nint)(&options);
            return Link(
                $"to {function ?? $"offset {offset}"} of {binary}",
                "bpf_program__attach_uprobe_opts",
                () => Native.ProgramAttachUprobe(_program, processId ?? AllProcesses, binary, (nuint)offset, (UprobeOptions*)pointer),
                cookie
            );
        }
        finally
        {
            Marshal.FreeCoTaskMem(functionName);
        }
    }
}
