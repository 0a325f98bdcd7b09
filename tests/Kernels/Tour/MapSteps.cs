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
