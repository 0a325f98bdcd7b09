// A BPF map from C#: declare it, create it in the kernel, fill it, read it back in batches, pin it, and open it again by path and by id.
using BpfMaps;
using QuickStart;

const string PinPath = "/sys/fs/bpf/quickstart_flows";

if (!BpfHost.IsKernelUsable(out string? reason))
{
    Console.Error.WriteLine($"QuickStart needs the kernel's BPF maps. {reason}");
    return 1;
}

using FlowStatsMap flows = FlowStatsMap.Create();
Console.WriteLine($"Created map {flows}: {flows.Info.KeySize}-byte keys, {flows.Info.ValueSize}-byte values, up to {flows.Info.MaxEntries} entries.");

for (uint host = 1; host <= 10; host++)
    flows[new FlowStats.Key { Address = 0x0a00_0000 | host, Port = 443 }] = new FlowStats { Packets = host * 3, Bytes = host * 4096 };

Console.WriteLine();
Console.WriteLine($"{"host",-15} {"packets",8} {"bytes",8}");
foreach ((FlowStats.Key key, FlowStats value) in flows)
    Console.WriteLine($"{key,-15} {value.Packets,8} {value.Bytes,8}");
Console.WriteLine();

using (FlowStatsMap byId = FlowStatsMap.OpenById(flows.Info.Id))
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

using (FlowStatsMap byPath = FlowStatsMap.OpenPinned(PinPath))
    Console.WriteLine($"Pinned it, and opened it again from {PinPath}: {byPath}.");
flows.Unpin();
return 0;
