namespace BpfMaps.Tests;

/// <summary>A BPF program with a map, and the map's declaration in C#.</summary>
internal static class Flows
{
    public const string Item = """<BpfProgram Include="bpf/*.bpf.c" />""";

    public const string Program = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>

        struct key { __u32 address; __u16 port; __u16 padding; };
        struct stats { __u64 packets; __u64 bytes; };

        struct {
        	__uint(type, BPF_MAP_TYPE_HASH);
        	__uint(max_entries, 64);
        	__type(key, struct key);
        	__type(value, struct stats);
        } flows SEC(".maps");

        const volatile int limit = 5;

        SEC("socket")
        int count(struct __sk_buff *skb)
        {
        	return limit;
        }

        char LICENSE[] SEC("license") = "GPL";
        """;

    /// <summary>The declaration. The field Bytes is in line 7, from column 18 on.</summary>
    public const string Declaration = """
        using BpfMaps;

        [BpfMap(Type = BpfMapType.Hash, Object = "flow.bpf.o", Name = "flows", MaxEntries = 64)]
        public struct FlowStats
        {
            public ulong Packets;
            public ulong Bytes;

            public struct Key { public uint Address; public ushort Port; public ushort Padding; }
        }
        """;

    /// <summary>A program that loads the object, uses its map and prints "7: 3 packets in flows of FlowStats".</summary>
    public const string Use = """
        using BpfMaps;

        using Flow flow = Flow.Open();
        flow.Rodata.Limit = 7;
        flow.Load();
        flow.Flows[new FlowStats.Key { Port = 443 }] = new FlowStats { Packets = 3 };
        foreach ((FlowStats.Key key, FlowStats value) in flow.Flows)
            Console.WriteLine($"{flow.Rodata.Limit}: {value.Packets} packets in {flow.Flows.Info.Name} of {value.GetType().Name}");

        [BpfObject("flow.bpf.o")]
        internal sealed partial class Flow;
        """;

    public const string Used = "7: 3 packets in flows of FlowStats\n";

    public static void WriteTo(ProjectFolder project)
    {
        project.Write("bpf/flow.bpf.c", Program);
        project.Write("Flow.cs", Declaration);
    }
}
