using System.Runtime.InteropServices;
using System.Text;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>How important a message of libbpf is.</summary>
public enum LibbpfLogLevel
{
    /// <summary>Something failed or will.</summary>
    Warning = 0,

    /// <summary>Something worth knowing.</summary>
    Information = 1,

    /// <summary>What it does, step by step.</summary>
    Debug = 2,
}

/// <summary>The system's libbpf: whether it is there, which version it is, and what it has to say.</summary>
public static unsafe class Libbpf
{
    [ThreadStatic]
    private static StringBuilder? t_collected;

    private static Action<LibbpfLogLevel, string>? s_log;

    /// <summary>Whether the library can be used here.</summary>
    /// <param name="reason">What is missing and which package has it; <see langword="null"/> if nothing is.</param>
    public static bool IsAvailable(out string? reason)
    {
        reason = LibbpfLibrary.IsAvailable() ? null : LibbpfLibrary.MissingMessage;
        return reason is null;
    }

    /// <summary>The library's version, such as <c>v1.1</c>.</summary>
    /// <exception cref="DllNotFoundException">libbpf is not installed; the message names the package.</exception>
    public static string Version => Marshal.PtrToStringUTF8((nint)Native.VersionString()) ?? "";

    /// <summary>
    /// Receives every message of libbpf, without the line break at its end; <see langword="null"/>, the default, keeps them to the exceptions.
    /// Called on whatever thread uses libbpf; an exception from it ends the process.
    /// </summary>
    public static Action<LibbpfLogLevel, string>? Log
    {
        get => s_log;
        set => s_log = value;
    }

    /// <summary>Runs one step of libbpf on this thread and gives its result beside the warnings that it made, verifier log included.</summary>
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

        const int capacity = 1 << 16; // Verifier logs come in one message, cut by libbpf's own buffer where they are longer.
        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(capacity);
        int length;
        fixed (byte* pointer = buffer)
            length = Native.FormatMessage(pointer, capacity, format, arguments);
        string message = Encoding.UTF8.GetString(buffer, 0, Math.Clamp(length, 0, capacity - 1)).TrimEnd('\n');
        System.Buffers.ArrayPool<byte>.Shared.Return(buffer);

        if (collects)
            t_collected!.AppendLine(message);
        log?.Invoke((LibbpfLogLevel)level, message);
        return length;
    }
}
