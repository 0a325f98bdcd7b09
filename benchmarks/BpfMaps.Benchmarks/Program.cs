using System.Text.Json;
using BpfMaps;
using BpfMaps.Benchmarks;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

if (options.IsOnlyEdits)
{
    EditBenchmark.Run(Console.Out, rounds: options.IsQuick ? 5 : 25);
    return 0;
}

if (!BpfHost.IsKernelUsable(out string? reason))
{
    Console.Error.WriteLine($"The benchmarks require BPF maps in the kernel. {reason}");
    return 1;
}

Session session = new(options);
if (options.IsWithoutKernel)
{
    ElementWorkloads.RunWithoutKernel(session);
    GrowthWorkloads.RunWithoutKernel(session);
    JsonSerializer.Serialize(Console.OpenStandardOutput(), new Findings(session.Results, session.Growths));
    return 0;
}

string loadBefore = Facts.LoadNow();
Console.WriteLine(ConsoleTable.Header);
session.Run("hash", ElementWorkloads.Run);
session.Run("walk", WalkWorkloads.Run);
session.Run("per-CPU", PerCpuWorkloads.Run);
session.Run("query", QueryWorkloads.Run);
session.Run("metrics", MetricsWorkloads.Run);
session.Run("array", ArrayWorkloads.Run);
session.Run("queue and trie", QueueAndTrieWorkloads.Run);
session.Run("ring", RingWorkloads.Run);
session.Run("opening", OpeningWorkloads.Run);
session.Run("overhead", OverheadWorkloads.Run);
session.Run("growth", GrowthWorkloads.Run);
session.Run("start-up", StartUpWorkloads.Run);
session.Run("alone", AloneWorkloads.Run);

string table = ResultFiles.Write(session, Facts.Collect(loadBefore));
Console.WriteLine();
foreach (Result missed in session.Results.Where(result => result.IsMet == false))
    Console.WriteLine($"missed: {missed.Workload}, against {missed.Against}: {missed.Bar}");
Console.WriteLine($"Results written to {Path.GetRelativePath(options.Repository, table)}, with JSON and plots next to it");
return 0;
