using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Calls into libbpf whose failure is an exception with everything that the library said.</summary>
internal static unsafe class Call
{
    /// <summary>How libbpf announces what the verifier had to say.</summary>
    private const string VerifierLog = "-- BEGIN PROG LOAD LOG --";

    /// <summary>For functions that answer 0 or a negated error number.</summary>
    /// <param name="what">What is tried, as the subject of "failed".</param>
    /// <param name="command">The function.</param>
    /// <param name="function">Calls it.</param>
    public static int Number(string what, string command, Func<int> function)
    {
        int result = Libbpf.Collect(function, out string log);
        return result >= 0 ? result : throw Failure(what, command, -result, log);
    }

    /// <summary>For functions that answer a pointer, or null and the error number beside it.</summary>
    /// <param name="what">What is tried, as the subject of "failed".</param>
    /// <param name="command">The function.</param>
    /// <param name="function">Calls it.</param>
    public static nint Pointer(string what, string command, Func<nint> function)
    {
        int errno = 0;
        nint result = Libbpf.Collect(
            () =>
            {
                nint pointer = function();
                errno = Marshal.GetLastSystemError();
                return pointer;
            },
            out string log);
        return result != 0 ? result : throw Failure(what, command, errno, log);
    }

    public static BpfObjectException Failure(string what, string command, int errno, string log)
    {
        string name = new BpfException("", errno, command).ErrnoName;
        string advice = Advice(errno, log);
        string said = log.Length == 0 ? "" : $"{Environment.NewLine}{log}";
        return new BpfObjectException($"{what} failed: {command} answered {name} ({errno}).{advice}{said}", errno, command, log);
    }

    /// <summary>A verifier that finds a program unsafe answers EACCES too, which then is not about rights.</summary>
    private static string Advice(int errno, string log)
    {
        if (log.Contains(VerifierLog, StringComparison.Ordinal))
            return " The kernel's verifier refused a program: its log follows, with the reason near the end.";
        return errno is 1 or 13 ? " Loading and attaching need root, or CAP_BPF with CAP_PERFMON or CAP_NET_ADMIN." : "";
    }

    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
