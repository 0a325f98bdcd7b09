using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>System calls that the tests make a known number of times.</summary>
internal static partial class KnownCalls
{
    /// <summary>The number of calls that <see cref="Make"/> makes.</summary>
    public const int Count = 1_000;

    /// <summary>The number of the system call, getppid, on x86-64.</summary>
    public const ulong Number = 110;

    /// <summary>The C library function that makes the call.</summary>
    public const string Function = "getppid";

    /// <returns>The result of each call.</returns>
    public static int Make()
    {
        int result = 0;
        for (int i = 0; i < Count; i++)
            result = ParentProcess();
        return result;
    }

    [LibraryImport("libc", EntryPoint = Function)]
    private static partial int ParentProcess();
}
