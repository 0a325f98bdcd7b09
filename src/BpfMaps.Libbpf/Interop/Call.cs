using System.Runtime.InteropServices;

namespace BpfMaps.Interop;

/// <summary>Calls libbpf functions and turns failures into exceptions that include libbpf's warnings.</summary>
internal static unsafe class Call
{
    /// <summary>The line with which libbpf introduces the verifier's log.</summary>
    private const string VerifierLog = "-- BEGIN PROG LOAD LOG --";

    /// <summary>Calls a function that returns 0 or a negated error number.</summary>
    /// <param name="what">The operation, as the subject of "failed".</param>
    /// <param name="command">The name of the function.</param>
    /// <param name="function">Calls the function.</param>
    public static int Number(string what, string command, Func<int> function)
    {
        int result = Libbpf.Collect(function, out string log);
        return result >= 0 ? result : throw Failure(what, command, -result, log);
    }

    /// <summary>Calls a function that returns a pointer, or null and sets errno.</summary>
    /// <param name="what">The operation, as the subject of "failed".</param>
    /// <param name="command">The name of the function.</param>
    /// <param name="function">Calls the function.</param>
    /// <param name="advice">Explains a failure; <see langword="null"/> for the usual advice.</param>
    public static nint Pointer(string what, string command, Func<nint> function, Func<string?>? advice = null)
    {
        int errno = 0;
        nint result = Libbpf.Collect(
            () =>
            {
                nint pointer = function();
                errno = Marshal.GetLastSystemError();
                return pointer;
            },
            out string log
        );
        return result != 0 ? result : throw Failure(what, command, errno, log, advice?.Invoke());
    }

    public static BpfObjectException Failure(string what, string command, int errno, string log, string? advice = null)
    {
        string name = new BpfException("", errno, command).ErrnoName;
        advice = advice is null ? Advice(errno, log) : " " + advice;
        string said = log.Length == 0 ? "" : $"{Environment.NewLine}{log}";
        return new BpfObjectException($"{what} failed: {command} returned {name} ({errno}).{advice}{said}", errno, command, log);
    }

    /// <summary>
    /// Gets the advice for an error. If the verifier rejects a program, the error may be EACCES too, which then is not about privileges.
    /// </summary>
    private static string Advice(int errno, string log)
    {
        if (log.Contains(VerifierLog, StringComparison.Ordinal))
            return " The kernel's verifier rejected a program. Its log follows; the reason is near the end.";
        return errno is Errno.EPERM or Errno.EACCES ? " " + LoadRights.Missing() : "";
    }

    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
