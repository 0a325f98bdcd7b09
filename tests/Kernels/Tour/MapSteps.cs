using System.Net;
using System.Net.Sockets;
using BpfMaps;

namespace Tour;

/// <summary>Steps with maps alone, and with programs that handle packets.</summary>
internal static class MapSteps
{
    public static void PerCpu()
    {
        int possible = BpfHost.Kernel.PossibleCpus.Length;
        using CountersMap counters = CountersMap.Create();
        using SlotsMap slots = SlotsMap.Create();
        Check.That(counters.CpuCount == possible && slots.CpuCount == possible, $"{counters.CpuCount} {slots.CpuCount} of {possible}");
        Counters[] values = new Counters[possible];
        for (int i = 0; i < possible; i++)
            values[i].Count = (ulong)i + 1;
        for (uint key = 0; key < 300; key++)
            counters.Set(key, values);
        ulong expected = (ulong)possible * ((ulong)possible + 1) / 2;
        Check.That(counters.Count() == 300, $"{counters.Count()} elements");
        Check.That(counters.All(element => element.Value.Count == expected), "wrong totals");
        slots.Set(3, [.. values.Select(static value => new Slots { Count = value.Count })]);
        Check.That(slots.Aggregate(3).Count == expected, $"{slots.Aggregate(3).Count} of {expected}");
    }

    /// <summary>The memory of this map is above the limit of locked memory that kernels before 5.11 apply.</summary>
    public static void LargeMap()
    {
        using RawMap map = CreateLarge();
        Check.That(map.GetUsage().MemoryLocked > 8 << 20, $"{map.GetUsage().MemoryLocked} bytes");
    }

    /// <summary>Without the right to raise the limit, old kernels refuse the map, and the error explains it.</summary>
    public static void LargeMapOfALimitedProcess()
    {
        try
        {
            using RawMap map = CreateLarge();
        }
        catch (BpfPermissionException exception)
        {
            Check.That(Environment.OSVersion.Version < new Version(5, 11), $"refused: {exception.Message}");
            Check.That(
                exception.Message.Contains("RLIMIT_MEMLOCK, which is 65536 bytes here", StringComparison.Ordinal),
                exception.Message
            );
            return;
        }
        Check.That(Environment.OSVersion.Version >= new Version(5, 11), "the map was created");
    }

    /// <summary>Old kernels ignore the flag and overwrite: the call must fail there and leave the value.</summary>
    public static void TrieAdd()
    {
        using NetworksMap networks = NetworksMap.Create();
        LpmKey<Be32> key = LpmKey.Parse("10.0.0.0/8");
        networks.Set(key, new() { Id = 1 });
        bool isRefused = false;
        try
        {
            isRefused = !networks.TryAdd(key, new() { Id = 2 });
        }
        catch (BpfNotSupportedException)
        {
            isRefused = Environment.OSVersion.Version < new Version(6, 13);
        }
        Check.That(isRefused, "TryAdd added a prefix that exists");
        Check.That(networks.TryMatch(key, out Networks found) && found.Id == 1, $"the value is {found.Id}");
    }

    public static void FrozenTwice()
    {
        using CountersMap counters = CountersMap.Create();
        counters.Freeze();
        try
        {
            counters.Freeze();
        }
        catch (BpfException exception)
        {
            Check.That(exception.Message.Contains("frozen", StringComparison.Ordinal), exception.Message);
            return;
        }
        throw new InvalidOperationException("a map was frozen twice");
    }

    public static void LargePerCpuValue()
    {
        try
        {
            using RawMap map = RawMap.Create(
                new BpfMapSpec
                {
                    Type = BpfMapType.PerCpuArray,
                    KeySize = 4,
                    ValueSize = 32 * 1024 + 8,
                    MaxEntries = 1,
                }
            );
        }
        catch (BpfException exception)
        {
            Check.That(exception.Message.Contains("exceeds the limit of per-CPU values", StringComparison.Ordinal), exception.Message);
            return;
        }
        throw new InvalidOperationException("a per-CPU value of 32 KiB + 8 was accepted");
    }

    public static void Packets()
    {
        using PacketsObject packets = PacketsObject.Open();
        packets.Load();
        using BpfLink receive = packets.OnReceive.AttachXdp("lo");
        using BpfLink send = packets.OnSend.AttachTc("lo", BpfTcDirection.Egress);
        using Socket receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (int i = 0; i < 5; i++)
            sender.SendTo([1], receiver.LocalEndPoint!);
        Check.That(packets.Packets.Aggregate(0) >= 5 && packets.Packets.Aggregate(1) >= 5, "packets are missing");
    }

    private static RawMap CreateLarge() =>
        RawMap.Create(
            new BpfMapSpec
            {
                Type = BpfMapType.Hash,
                KeySize = 4,
                ValueSize = 1024,
                MaxEntries = 16_384,
            }
        );
}
