using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>System calls whose number the tests know.</summary>
internal static partial class KnownCalls
{
    /// <summary>The tests that count such calls run one after the other: their programs see the calls of the whole process.</summary>
    public const string Collection = nameof(KnownCalls);

    /// <summary>How many calls <see cref="Make"/> makes.</summary>
    public const int Count = 1_000;

    /// <summary>The number of the system call that they are, getppid, on x86-64.</summary>
    public const ulong Number = 110;

    public static void Make()
    {
        for (int i = 0; i < Count; i++)
            _ = ParentProcess();
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentProcess();
}
