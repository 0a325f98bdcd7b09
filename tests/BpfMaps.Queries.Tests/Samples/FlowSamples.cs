using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Flows with numbers of all signs and sizes.</summary>
internal static class FlowSamples
{
    private static readonly string[] s_names = ["", "bash", "bash2", "sshd", "grüße", "0123456789abcdef"];

    /// <summary>Creates flows that are the same for the same seed, with different keys.</summary>
    public static Dictionary<Flow.Key, Flow> Create(int count, int seed = 1)
    {
        Random random = new(seed);
        Dictionary<Flow.Key, Flow> flows = [];
        for (uint index = 0; flows.Count < count; index++)
        {
            Flow.Key key = new()
            {
                Address = index,
                Port = (ushort)random.Next(0, 1024),
                Zone = (ushort)random.Next(),
            };
            flows.Add(key, Next(random));
        }
        return flows;
    }

    public static bool HaveSameBytes(IReadOnlyDictionary<Flow.Key, Flow> expected, IEnumerable<KeyValuePair<Flow.Key, Flow>> actual)
    {
        List<KeyValuePair<Flow.Key, Flow>> elements = [.. actual];
        return elements.Count == expected.Count && elements.TrueForAll(element => HasSameBytes(expected[element.Key], element.Value));
    }

    public static bool HasSameBytes<T>(T left, T right)
        where T : unmanaged =>
        MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in left)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in right)));

    private static Flow Next(Random random)
    {
        Flow flow = new()
        {
            Packets = Number(random),
            Bytes = (ulong)random.Next(0, 100_000),
            Delta = (long)Number(random),
            Balance = (int)Number(random),
            Small = (short)Number(random),
            Tiny = (sbyte)Number(random),
            State = (FlowState)random.Next(0, 3),
            NextHop = (uint)Number(random),
            Flags = (FlowFlags)random.Next(0, 8),
            Hops = (byte)Number(random),
            Retries = (byte)random.Next(0, 2),
            Inner = new() { Hits = (uint)Number(random), Change = (int)Number(random) },
            Name = s_names[random.Next(s_names.Length)],
        };
        for (int slot = 0; slot < 4; slot++)
            flow.Slots[slot] = Number(random);
        return flow;
    }

    /// <summary>Small and large numbers, and the limits of their sizes.</summary>
    private static ulong Number(Random random) =>
        random.Next(4) switch
        {
            0 => (ulong)random.Next(0, 20),
            1 => (ulong)-(long)random.Next(1, 20),
            2 => (1UL << random.Next(64)) - (ulong)random.Next(0, 2),
            _ => (ulong)random.NextInt64(),
        };
}
