using System.Runtime.InteropServices;
using System.Text;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The system's libbpf: availability, version and log messages.</summary>
public static unsafe class Libbpf
{
    /// <summary>More than libbpf's own buffer, 16 MiB, which the kernel limits.</summary>
    private const int LongestVerifierLog = (1 << 24) + (1 << 16);

    [ThreadStatic]
    private static StringBuilder? t_collected;

    private static Action<LibbpfLogLevel, string>? s_log;

    /// <summary>Returns whether the library is available.</summary>
    /// <param name="reason">What is missing and which package provides it; <see langword="null"/> if the library is available.</param>
    public static bool IsAvailable(out string? reason)
    {
        reason = LibbpfLibrary.IsAvailable() ? null : LibbpfLibrary.MissingMessage;
        return reason is null;
    }

    /// <summary>Gets the version of the library, such as <c>v1.1</c>.</summary>
    /// <exception cref="DllNotFoundException">libbpf is not installed; the message names the package.</exception>
    public static string Version => Marshal.PtrToStringUTF8((nint)Native.VersionString()) ?? "";

    /// <summary>
    /// Gets or sets a callback for all libbpf messages, which are passed without a trailing line break. With <see langword="null"/>, the
    /// default, messages appear only in exceptions. The callback runs on the thread that uses libbpf; an exception in it terminates the
    /// process.
    /// </summary>
    public static Action<LibbpfLogLevel, string>? Log
    {
        get => s_log;
        set => s_log = value;
    }

    /// <summary>
    /// Runs a libbpf operation on this thread and returns its result and the warnings that it logged, including the verifier's log.
    /// </summary>
    internal static T Collect<T>(Func<T> step, out string warnings)
    {
        Native.SetPrint(&Print);
        t_collected = new StringBuilder();
        T result = step();
        warnings = t_collected.ToString().TrimEnd();
        t_collected = null;
        return result;
    }

    [UnmanagedCallersOnly]
    private static int Print(int level, byte* format, nint arguments)
    {
        Action<LibbpfLogLevel, string>? log = Volatile.Read(ref s_log);
        bool collects = level == (int)LibbpfLogLevel.Warning && t_collected is not null;
        if (log is null && !collects)
            return 0;

        // A verifier's log is a single message, and its end is what matters. The memory that is not written to is not allocated.
        bool isVerifierLog = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(format).IndexOf("LOAD LOG"u8) >= 0;
        int capacity = isVerifierLog ? LongestVerifierLog : 1 << 16;
        byte* buffer = (byte*)NativeMemory.Alloc((nuint)capacity);
        int length = Native.FormatMessage(buffer, (nuint)capacity, format, arguments);
        string message = Encoding.UTF8.GetString(buffer, Math.Clamp(length, 0, capacity - 1)).TrimEnd('\n');
        NativeMemory.Free(buffer);

        if (collects)
            t_collected!.AppendLine(message);
        log?.Invoke((LibbpfLogLevel)level, message);
        return length;
    }
}
