using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>System calls whose number the tests know.</summary>
internal static partial class KnownCalls
{
    /// <summary>How many calls <see cref="Make"/> makes.</summary>
    public const int Count = 1_000;

    /// <summary>The number of the system call that they are, getppid, on x86-64.</summary>
    public const ulong Number = 110;

    /// <summary>The function of the C library that makes the call.</summary>
    public const string Function = "getppid";

    /// <returns>What each call returns.</returns>
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
