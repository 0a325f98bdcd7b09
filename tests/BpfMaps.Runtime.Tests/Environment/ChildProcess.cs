using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace BpfMaps.Tests;

/// <summary>
/// Runs a few lines in a process of their own, for conditions that apply to a whole process: no free descriptors, another user namespace,
/// a resource limit.
/// </summary>
/// <remarks>The process is this test program again; a variable in its environment tells it to run these lines and no tests.</remarks>
internal static class ChildProcess
{
    private const string Variable = "BPFMAPS_TESTS_CHILD";

    /// <summary>Runs one of the <see cref="ChildScenarios"/>.</summary>
    /// <param name="scenario">The name of the method.</param>
    /// <param name="wrapper">A program that starts it, with its arguments; none for the scenario itself.</param>
    /// <returns>What the scenario returned.</returns>
    public static string Run(string scenario, params string[] wrapper)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "BpfMaps.Runtime.Tests");
        ProcessStartInfo start =
            wrapper.Length == 0 ? new ProcessStartInfo(program) : new ProcessStartInfo(wrapper[0], [.. wrapper[1..], program]);
        start.Environment[Variable] = scenario;
        (int exitCode, string output, string errors) = Processes.TryRun(start, TimeSpan.FromMinutes(2));
        Assert.True(exitCode == 0, $"{scenario} ended with {exitCode}: {errors}{output}");
        return output;
    }

#pragma warning disable CA2255 // Nothing else runs before the test program's own entry point.
    [ModuleInitializer]
    internal static void RunScenario()
#pragma warning restore CA2255
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } scenario)
            return;
        Func<string> run = typeof(ChildScenarios).GetMethod(scenario)!.CreateDelegate<Func<string>>();
        Console.Write(run());
        Environment.Exit(0);
    }
}
