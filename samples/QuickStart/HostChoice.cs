using System.Diagnostics.CodeAnalysis;
using BpfMaps;

namespace QuickStart;

/// <summary>Who keeps the maps: the kernel if it lets us, else this process. <c>--host</c> decides it.</summary>
internal static class HostChoice
{
    /// <summary>Chooses, and says so where it matters.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="host">Who keeps the maps.</param>
    /// <param name="exitCode">How the program ends if nobody does.</param>
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
        string? reason = "--host kernel puts them into the kernel.";
        if (wanted != "memory" && BpfHost.IsKernelUsable(out reason))
        {
            host = BpfHost.Kernel;
            return true;
        }

        if (wanted == "kernel")
        {
            Console.Error.WriteLine($"QuickStart cannot use the kernel's maps. {reason}");
            exitCode = 1;
            return false;
        }

        Console.WriteLine($"The maps are in this process, not in the kernel. {reason}");
        host = new InMemoryBpfHost();
        return true;
    }
}
