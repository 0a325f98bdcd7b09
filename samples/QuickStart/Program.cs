// Declares a BPF map, creates it, writes elements, reads them in batches, and opens the map by id and by its pin.
using BpfMaps;
using QuickStart;

const string PinPath = "/sys/fs/bpf/quickstart_flows";

// Selects the kernel or the in-memory host. An application that always uses the kernel does not need a host.
if (!HostChoice.TryMake(args, out BpfHost? host, out int exitCode))
    return exitCode;

using FlowStatsMap flows = FlowStatsMap.Create(host);
Console.WriteLine(
    $"Created map {flows}: {flows.Info.KeySize}-byte keys, {flows.Info.ValueSize}-byte values, up to {flows.Info.MaxEntries} entries."
);

for (uint number = 1; number <= 10; number++)
    flows[new FlowStats.Key { Address = 0x0a00_0000 | number, Port = 443 }] = new FlowStats { Packets = number * 3, Bytes = number * 4096 };

Console.WriteLine();
Console.WriteLine($"{"host", -15} {"packets", 8} {"bytes", 8}");
foreach ((FlowStats.Key key, FlowStats value) in flows)
    Console.WriteLine($"{key, -15} {value.Packets, 8} {value.Bytes, 8}");
Console.WriteLine();

using (FlowStatsMap byId = FlowStatsMap.OpenById(flows.Info.Id, host: host))
    Console.WriteLine($"Opened the map by id and compared it with the declaration: {byId}.");

try
{
    flows.Pin(PinPath);
}
catch (BpfException exception)
{
    Console.WriteLine($"Pinning failed: {exception.Message}");
    return 0;
}

using (FlowStatsMap byPath = FlowStatsMap.OpenPinned(PinPath, host: host))
    Console.WriteLine($"Pinned the map and opened it from {PinPath}: {byPath}.");
flows.Unpin();
return 0;
