using System.Runtime.InteropServices;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>Calls libbpf functions and turns failures into exceptions that include libbpf's warnings.</summary>
internal static unsafe class Call
{
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
    public static nint Pointer(string what, string command, Func<nint> function) =>
        TryPointer(function, out int errno, out string log) is var result and not 0 ? result : throw Failure(what, command, errno, log);

    /// <summary>Calls a function that returns a pointer, or null and sets errno.</summary>
    /// <returns>The pointer, or 0.</returns>
    public static nint TryPointer(Func<nint> function, out int errno, out string log)
    {
        int number = 0;
        nint result = Libbpf.Collect(
            () =>
            {
                nint pointer = function();
                number = Marshal.GetLastSystemError();
                return pointer;
            },
            out log
        );
        errno = number;
        return result;
    }

    /// <summary>Creates the exception for a failed function.</summary>
    /// <param name="what">The operation, as the subject of "failed".</param>
    /// <param name="command">The name of the function.</param>
    /// <param name="errno">The error number.</param>
    /// <param name="log">libbpf's warnings.</param>
    /// <param name="advice">What to do; <see langword="null"/> for what <see cref="LoadAdvice"/> finds.</param>
    public static BpfObjectException Failure(string what, string command, int errno, string log, string? advice = null)
    {
        string start = $"{what} failed: {command} returned {Errno.Describe(errno)}.";
        // The error number of a program that the verifier rejects may be EACCES too, which then is not about privileges.
        if (advice is null && VerifierReport.Find(log) is { } report)
        {
            string cause = LoadAdvice.ForRejection(report.Reason) is { } known ? $"{known} " : "";
            return new BpfObjectException($"{start} {cause}{report.Describe()}", errno, command, log);
        }
        advice ??= LoadAdvice.ForLoad(errno, log);
        string said = log.Length == 0 ? "" : $"{Environment.NewLine}{log}";
        return new BpfObjectException($"{start}{(advice is null ? "" : " " + advice)}{said}", errno, command, log);
    }

    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
