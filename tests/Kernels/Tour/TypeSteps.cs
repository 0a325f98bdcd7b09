using System.Net.Sockets;
using BpfMaps;

namespace Tour;

/// <summary>Steps with types that old kernels do not know.</summary>
internal static class TypeSteps
{
    /// <summary>Spin locks and storages need the types of their values, which old kernels refuse with floating-point numbers.</summary>
    public static void Floats()
    {
        using AveragesMap averages = AveragesMap.Create();
        averages.Update(1, new() { Value = 0.25f, Lock = default }, BpfUpdateFlags.Lock | BpfUpdateFlags.Any);
        Check.That(averages.TryGetValue(1, out Averages found, BpfLookupFlags.Lock) && found.Value == 0.25f, $"{found.Value}");
        using AveragesMap again = AveragesMap.OpenById(averages.Info.Id);
        Check.That(again.FieldCheck == BpfFieldCheck.Compared, $"the fields were not compared: {again.FieldCheck}");

        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using SocketLoadsMap sockets = SocketLoadsMap.Create();
        sockets.Set(socket, new() { Average = 0.5f, Total = 1e300 });
        Check.That(sockets.TryGetValue(socket, out SocketLoads load) && load.Total == 1e300, $"{load.Total}");
    }

    /// <summary>libbpf creates the maps of an object, and adapts their types to the kernel.</summary>
    public static void FloatsOfAnObject()
    {
        using TypesObject types = TypesObject.Open();
        types.Load();
        types.Loads[1] = new() { Mean = 0.5f, Total = 1e300 };
        Check.That(types.Loads.FieldCheck == BpfFieldCheck.Compared, $"the fields were not compared: {types.Loads.FieldCheck}");
        types.OnPacket.TestRun(new byte[64]);
        TypesObject.Average load = types.Loads[1];
        Check.That(load is { Samples: 1, Mean: 0.5f, Total: 1e300 }, $"{load.Samples} {load.Mean} {load.Total}");
    }
}
