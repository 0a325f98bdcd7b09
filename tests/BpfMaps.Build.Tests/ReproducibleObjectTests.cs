using BpfMaps.Metadata;

namespace BpfMaps.Tests;

/// <summary>Objects are reproducible and do not contain information about the machine.</summary>
public sealed class ReproducibleObjectTests
{
    private const string Source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>
        #include "limit.h"
        #include "../shared/step.h"

        struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 4); __type(key, __u32); __type(value, __u64); } counters SEC(".maps");
        const char file[] = __FILE__;
        static const char inner[] = STEP_FILE;

        SEC("raw_tp") int count(void *ctx)
        {
        	__u32 key = limit();
        	__u64 *value = bpf_map_lookup_elem(&counters, &key);
        	return value ? (int)step(*value) + inner[key & 1] : 0;
        }

        char LICENSE[] SEC("license") = "GPL";
        """;

    [Fact]
    public void SameSources_AreTheSameObjectInEveryFolder()
    {
        byte[] first = Build("-p:Deterministic=true");
        byte[] second = Build("-p:Deterministic=true");

        Assert.Equal(first, second);
        Assert.DoesNotContain(Path.GetTempPath().Trim('/'), System.Text.Encoding.Latin1.GetString(first), StringComparison.Ordinal);
        Assert.DoesNotContain("bpf maps", System.Text.Encoding.Latin1.GetString(first), StringComparison.Ordinal);
        Assert.DoesNotContain("debug_info\0.rel", System.Text.Encoding.Latin1.GetString(first[..64]), StringComparison.Ordinal);
    }

    [Fact]
    public void StrippedObject_IsWhatLlvmStripLeaves()
    {
        byte[] whole = Build("-p:BpfStripDebugInfo=false");
        byte[] stripped = Build();
        Assert.True(stripped.Length < whole.Length * 2 / 3, $"{stripped.Length} of {whole.Length} bytes are left");

        BpfObjectFile before = BpfObjectFile.Parse(whole, "whole");
        BpfObjectFile after = BpfObjectFile.Parse(stripped, "stripped");

        Assert.Equal(before.Maps.Select(static map => map.ToString()), after.Maps.Select(static map => map.ToString()));
        Assert.Equal(
            before.Programs.Select(static program => program.ToString()),
            after.Programs.Select(static program => program.ToString())
        );
        Assert.Equal(before.License, after.License);
    }

    [Fact]
    public void StrippedProgram_LoadsWithTheLinesOfItsSource()
    {
        Require.Kernel();
        Require.Libbpf();
        using ConsumerProject project = NewProject(ConsumerProject.NewFolder());
        project.Write("bpf/counter.bpf.c", Source.Replace("value ?", "1 ?", StringComparison.Ordinal)); // the verifier refuses it, and says where
        project.Write(
            "Program.cs",
            """
            using BpfMaps;
            using Counter counter = Counter.Open();
            try
            {
                counter.Load();
            }
            catch (BpfObjectException refused)
            {
                Console.WriteLine(refused.Log);
            }
            [BpfObject("counter.bpf.o")] internal sealed partial class Counter;
            """
        );

        project.Build();

        Assert.Contains("; return 1 ? (int)step(*value)", project.RunBuilt(), StringComparison.Ordinal);
    }

    private static byte[] Build(params string[] arguments)
    {
        string root = ConsumerProject.NewFolder();
        using ConsumerProject project = NewProject(root);
        project.Build(arguments);
        return File.ReadAllBytes(project["bin/Debug/net10.0/counter.bpf.o"]);
    }

    private static ConsumerProject NewProject(string root)
    {
        Require.Clang();
        ConsumerProject project = new(
            $"<BpfProgram Include=\"bpf/*.bpf.c\" /></ItemGroup><PropertyGroup><BpfIncludePath>{root}/include</BpfIncludePath></PropertyGroup><ItemGroup>",
            root
        );
        project.Write("include/limit.h", "static __always_inline __u32 limit(void) { return bpf_get_smp_processor_id() & 3; }\n");
        project.Write(
            "shared/step.h",
            "#define STEP_FILE __FILE__\nstatic __noinline __u64 step(__u64 value) { return value + bpf_get_prandom_u32(); }\n"
        );
        project.Write("bpf/counter.bpf.c", Source);
        return project;
    }
}
