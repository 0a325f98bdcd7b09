// A BPF map from C#: declare it, create it, fill it, read it back in batches, pin it, and open it again by path and by id.
using BpfMaps;
using QuickStart;

const string PinPath = "/sys/fs/bpf/quickstart_flows";

// The kernel, or what stands in for it; an application that only ever uses the kernel leaves "host" out.
if (!HostChoice.TryMake(args, out BpfHost? host, out int exitCode))
    return exitCode;

using FlowStatsMap flows = FlowStatsMap.Create(host);
Console.WriteLine($"Created map {flows}: {flows.Info.KeySize}-byte keys, {flows.Info.ValueSize}-byte values, up to {flows.Info.MaxEntries} entries.");

for (uint number = 1; number <= 10; number++)
    flows[new FlowStats.Key { Address = 0x0a00_0000 | number, Port = 443 }] = new FlowStats { Packets = number * 3, Bytes = number * 4096 };

Console.WriteLine();
Console.WriteLine($"{"host",-15} {"packets",8} {"bytes",8}");
foreach ((FlowStats.Key key, FlowStats value) in flows)
    Console.WriteLine($"{key,-15} {value.Packets,8} {value.Bytes,8}");
Console.WriteLine();

using (FlowStatsMap byId = FlowStatsMap.OpenById(flows.Info.Id, host))
    Console.WriteLine($"Opened it again by its id, and found what was declared: {byId}.");

try
{
    flows.Pin(PinPath);
}
catch (BpfException exception)
{
    Console.WriteLine($"It was not pinned: {exception.Message}");
    return 0;
}

using (FlowStatsMap byPath = FlowStatsMap.OpenPinned(PinPath, host: host))
    Console.WriteLine($"Pinned it, and opened it again from {PinPath}: {byPath}.");
flows.Unpin();
return 0;
