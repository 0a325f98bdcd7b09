namespace BpfMaps.Tests;

/// <summary>Classes whose object was replaced by another one.</summary>
public sealed class OtherObjectTests
{
    private const string Own = """
        struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 16); __type(key, __u32); __type(value, struct stats); } flows SEC(".maps");
        __u64 total = 0;
        SEC("raw_tp") int count(void *ctx) { total++; return 0; }
        """;

    [Fact]
    public void Open_SaysWhatDiffers()
    {
        Require.Clang();
        Require.Libbpf();
        using ConsumerProject project = new("""<BpfProgram Include="bpf/*.bpf.c" />""");
        project.Write("bpf/flow.bpf.c", Source("struct stats { __u64 packets; };", Own));
        project.Write(
            "bpf/map.bpf.c",
            Source("struct stats { __u64 packets; };", Own.Replace("} flows", "} streams", StringComparison.Ordinal))
        );
        project.Write(
            "bpf/kind.bpf.c",
            Source("struct stats { __u64 packets; };", Own.Replace("TYPE_HASH", "TYPE_LRU_HASH", StringComparison.Ordinal))
        );
        project.Write("bpf/size.bpf.c", Source("struct stats { __u64 packets, bytes; };", Own));
        project.Write("bpf/field.bpf.c", Source("struct stats { __u32 packets, bytes; };", Own));
        project.Write(
            "bpf/program.bpf.c",
            Source("struct stats { __u64 packets; };", Own.Replace("int count", "int other", StringComparison.Ordinal))
        );
        project.Write(
            "bpf/section.bpf.c",
            Source("struct stats { __u64 packets; };", Own.Replace("total = 0", "total = 1", StringComparison.Ordinal))
        );
        project.Write(
            "bpf/more.bpf.c",
            Source("struct stats { __u64 packets; };", Own + "SEC(\"raw_tp\") int another(void *ctx) { return 0; }")
        );
        project.Write(
            "Program.cs",
            """
            using BpfMaps;

            foreach (string name in new[] { "more", "map", "kind", "size", "field", "program", "section" })
            {
                File.Copy(Path.Combine(AppContext.BaseDirectory, name + ".bpf.o"), Path.Combine(AppContext.BaseDirectory, "flow.bpf.o"), overwrite: true);
                try
                {
                    using Flow flow = Flow.Open();
                    Console.WriteLine($"{name}: open");
                }
                catch (BpfMapMismatchException different)
                {
                    Console.WriteLine($"{name}: {string.Join("; ", different.Differences)}");
                }
            }

            [BpfObject("flow.bpf.o")] internal sealed partial class Flow;
            """
        );

        project.Build();

        Assert.Equal(
            """
            more: open
            map: it has no map 'flows' (it has 'streams', '.bss')
            kind: type of map 'flows' is LruHash, but Hash was expected
            size: value_size of map 'flows' is 16, but 8 was expected
            field: map 'flows': in the value, at offset 0, field 'packets' is u64 (8 bytes), 'packets' is u32 (4 bytes); map 'flows': in the value, field 'bytes' (u32 at offset 4) is not declared in C#
            program: it has no program 'count' (it has 'other')
            section: it has no map '.bss' (it has 'flows', '.data')

            """,
            project.RunBuilt()
        );
    }

    private static string Source(string types, string rest) =>
        $"""
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>

            {types}
            {rest}
            char LICENSE[] SEC("license") = "GPL";
            """;
}
