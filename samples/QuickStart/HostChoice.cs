using System.Diagnostics.CodeAnalysis;
using BpfMaps;

namespace QuickStart;

/// <summary>Selects the host: the kernel if it can be used, otherwise the in-memory host. <c>--host</c> overrides the choice.</summary>
internal static class HostChoice
{
    /// <summary>Selects the host and prints the reason if it is not the kernel.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="host">The selected host.</param>
    /// <param name="exitCode">The exit code if no host can be used.</param>
    public static bool TryMake(string[] arguments, [NotNullWhen(true)] out BpfHost? host, out int exitCode)
    {
        (host, exitCode) = (null, 0);
        if (arguments is not ([] or ["--host", "kernel" or "memory"]))
        {
            Console.Error.WriteLine("Usage: QuickStart [--host kernel|memory]");
            exitCode = 2;
            return false;
        }

        string? wanted = arguments.ElementAtOrDefault(1);
        string? reason = "Use --host kernel to create them in the kernel.";
        if (wanted != "memory" && BpfHost.IsKernelUsable(out reason))
        {
            host = BpfHost.Kernel;
            return true;
        }

        if (wanted == "kernel")
        {
            Console.Error.WriteLine($"QuickStart cannot create maps in the kernel. {reason}");
            exitCode = 1;
            return false;
        }

        Console.WriteLine($"The maps are in this process, not in the kernel. {reason}");
        host = new InMemoryBpfHost();
        return true;
    }
}
