using System.Collections.Frozen;
using System.Runtime.InteropServices;
using BpfMaps.Symbols.Kernel;

namespace BpfMaps;

/// <summary>
/// The names of system calls on this machine's architecture: x86-64, arm64, riscv64 or loongarch64. On others, no call has a name.
/// </summary>
public static class SystemCalls
{
    private static readonly FrozenDictionary<ulong, string> s_names = SystemCallTables.Of(RuntimeInformation.OSArchitecture);

    /// <summary>Gets the name of a system call: <c>openat</c>.</summary>
    /// <param name="number">The number, as tracepoints such as <c>sys_enter</c> have it.</param>
    /// <returns>
    /// <see langword="null"/> if the number is unknown, for example because the kernel is newer than this table (Linux 6.17).
    /// </returns>
    public static string? NameOf(ulong number) => s_names.GetValueOrDefault(number);
}
