using System.IO.Enumeration;
using BpfMaps.Interop;

namespace BpfMaps;

/// <summary>The kernel functions that can be traced.</summary>
internal static class KernelFunctions
{
    private static readonly string[] s_lists =
    [
        "/sys/kernel/tracing/available_filter_functions",
        "/sys/kernel/debug/tracing/available_filter_functions",
    ];

    public static bool IsPattern(string function) => function.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>Replaces patterns with the functions that match, each once and with the cookie of its pattern.</summary>
    /// <exception cref="ArgumentException">A pattern matches no function, or there is no list of functions.</exception>
    /// <exception cref="BpfPermissionException">The list of functions cannot be read.</exception>
    public static (string[] Names, ulong[] Cookies) Expand(IReadOnlyList<string> functions, IReadOnlyList<ulong>? cookies)
    {
        Dictionary<string, ulong> expanded = new(StringComparer.Ordinal);
        string[]? traceable = null;
        for (int i = 0; i < functions.Count; i++)
        {
            ulong cookie = cookies?[i] ?? 0;
            if (!IsPattern(functions[i]))
            {
                expanded.TryAdd(functions[i], cookie);
                continue;
            }
            int before = expanded.Count;
            bool matched = false;
            foreach (string name in traceable ??= ReadTraceable())
            {
                if (!FileSystemName.MatchesSimpleExpression(functions[i], name, ignoreCase: false))
                    continue;
                matched = true;
                expanded.TryAdd(name, cookie);
            }
            if (!matched)
                throw new ArgumentException($"No kernel function that can be traced matches '{functions[i]}'.", nameof(functions));
        }
        return ([.. expanded.Keys], cookies is null ? [] : [.. expanded.Values]);
    }

    private static string[] ReadTraceable()
    {
        string path =
            Array.Find(s_lists, File.Exists)
            ?? throw new ArgumentException(
                $"Patterns of kernel functions require {s_lists[0]}: mount tracefs ('mount -t tracefs tracefs /sys/kernel/tracing'); "
                    + "kernels without function tracing do not have it.",
                "functions"
            );
        int errno = SystemFile.TryRead(path, out string lines);
        if (errno != Errno.Ok)
            throw new BpfPermissionException(
                $"Finding the kernel functions of a pattern failed: reading {path} returned {Errno.Describe(errno)}. The process is not root, "
                    + "or the kernel's lockdown mode denies tracing.",
                errno,
                "read"
            );
        // A function of a module is followed by the module's name.
        return
        [
            .. lines
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => line.Split(' ')[0])
                .Where(static name => !name.StartsWith("__ftrace_invalid", StringComparison.Ordinal)),
        ];
    }
}
