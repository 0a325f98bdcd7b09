using BpfMaps;

using StatsMap totals = StatsMap.Create();
void Print(uint protocol, Stats total) => Console.WriteLine($"{protocol}: {total.Packets}");

[BpfMap(Type = BpfMapType.PerCpuHash, Key = typeof(uint), MaxEntries = 256)]
public struct Stats
{
    public ulong Packets;
}
