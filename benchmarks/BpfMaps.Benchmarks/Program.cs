using System.Text.Json;
using BpfMaps.Benchmarks;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
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
ElementWorkloads.Run(session);
WalkWorkloads.Run(session);
PerCpuWorkloads.Run(session);
ArrayWorkloads.Run(session);
QueueAndTrieWorkloads.Run(session);
RingWorkloads.Run(session);
OpeningWorkloads.Run(session);
OverheadWorkloads.Run(session);
GrowthWorkloads.Run(session);
StartUpWorkloads.Run(session);
AloneWorkloads.Run(session);

string table = ResultFiles.Write(session, Facts.Collect(loadBefore));
Console.WriteLine();
foreach (Result missed in session.Results.Where(result => result.IsMet == false))
    Console.WriteLine($"missed: {missed.Workload}, against {missed.Against}: {missed.Bar}");
Console.WriteLine($"written: {table}");
return 0;
