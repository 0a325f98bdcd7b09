// A BPF map from C#: create it in the kernel, fill it, read it back in batches, pin it, and open it again by path and by id.
using System.Runtime.InteropServices;
using BpfMaps;

const string PinPath = "/sys/fs/bpf/quickstart_flows";

if (!BpfHost.IsKernelUsable(out string? reason))
{
    Console.Error.WriteLine($"QuickStart needs the kernel's BPF maps. {reason}");
    return 1;
}

// The kernel knows sizes only: a key of 8 bytes, a value of 16.
using RawMap flows = RawMap.Create(new BpfMapSpec { Type = BpfMapType.Hash, Name = "flows", KeySize = 8, ValueSize = 16, MaxEntries = 1024 });
Console.WriteLine($"Created map {flows}: {flows.KeySize}-byte keys, {flows.ValueSize}-byte values, up to {flows.MaxEntries} entries.");

for (uint host = 1; host <= 10; host++)
{
    Endpoint key = new() { Address = 0x0a00_0000 | host, Port = 443 };
    Counters value = new() { Packets = host * 3, Bytes = host * 4096 };
    BpfUpdateResult result = flows.Update(MemoryMarshal.AsBytes([key]), MemoryMarshal.AsBytes([value]));
    if (result != BpfUpdateResult.Ok)
        Console.Error.WriteLine($"10.0.0.{host} was not written: {result}");
}

Console.WriteLine($"{"address",-15} {"port",6} {"packets",8} {"bytes",8}");
using (BpfBatchCursor cursor = flows.LookupBatch())
{
    while (cursor.MoveNext())
    {
        ReadOnlySpan<Endpoint> keys = MemoryMarshal.Cast<byte, Endpoint>(cursor.Keys);
        ReadOnlySpan<Counters> values = MemoryMarshal.Cast<byte, Counters>(cursor.Values);
        for (int i = 0; i < cursor.Count; i++)
            Console.WriteLine($"{"10.0.0." + (keys[i].Address & 0xff),-15} {keys[i].Port,6} {values[i].Packets,8} {values[i].Bytes,8}");
    }
}

using (RawMap byId = RawMap.OpenById(flows.Info.Id))
    Console.WriteLine($"Opened it again by its id: {byId}.");

try
{
    flows.Pin(PinPath);
}
catch (BpfException exception)
{
    Console.WriteLine($"Not pinned: {exception.Message}");
    return 0;
}

using (RawMap byPath = RawMap.OpenPinned(PinPath))
    Console.WriteLine($"Pinned it, and opened it again from {byPath.PinPath}: {byPath}.");
flows.Unpin();
return 0;

internal struct Endpoint
{
    public uint Address;
    public uint Port;
}

internal struct Counters
{
    public ulong Packets;
    public ulong Bytes;
}
