using BpfMaps.Benchmarks;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

Session session = new(options);
Console.WriteLine(ConsoleTable.Header);
ElementWorkloads.Run(session);
WalkWorkloads.Run(session);
PerCpuWorkloads.Run(session);
ArrayWorkloads.Run(session);
QueueAndTrieWorkloads.Run(session);
RingWorkloads.Run(session);
OpeningWorkloads.Run(session);
return 0;
