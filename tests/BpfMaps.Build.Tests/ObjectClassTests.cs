namespace BpfMaps.Tests;

/// <summary>Classes for objects in real builds: from C to a running program.</summary>
public sealed class ObjectClassTests
{
    private const string Source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>

        struct key { __u32 address; char name[12]; };
        struct stats { __u64 packets; __u8 flag : 1; };

        struct {
        	__uint(type, BPF_MAP_TYPE_HASH);
        	__uint(max_entries, 16);
        	__type(key, struct key);
        	__type(value, struct stats);
        } flows SEC(".maps");

        const volatile int limit = 5;
        __u64 total = 0;

        SEC("socket")
        int count(struct __sk_buff *skb)
        {
        	total += limit;
        	return 0;
        }

        char LICENSE[] SEC("license") = "GPL";
        """;

    [Fact]
    public void Class_IsGeneratedAndFindsTheObjectBesideTheProgram()
    {
        Require.Clang();
        Require.Libbpf();
        using ConsumerProject project = new("""<BpfProgram Include="bpf/flow.bpf.c" />""");
        project.Write("bpf/flow.bpf.c", Source);
        project.Write(
            "Program.cs",
            """
            using BpfMaps;

            using Flow flow = Flow.Open();
            flow.Rodata.Limit = 7;
            Console.WriteLine($"{flow.Rodata.Limit} {flow.Bss.Total} {flow.Count.SectionName} {flow.Object.GetMap("flows").MaxEntries} {new Flow.Stats { Packets = 3, Flag = 1 }.Flag}");

            [BpfObject("flow.bpf.o")] internal sealed partial class Flow;
            """
        );

        project.Build("-warnaserror");

        Assert.Equal("7 0 socket 16 1\n", Processes.Run("dotnet", [project["bin/Debug/net10.0/Consumer.dll"]]));
    }

    [Fact]
    public void Class_FollowsTheSource()
    {
        Require.Clang();
        using ConsumerProject project = new("""<BpfProgram Include="bpf/flow.bpf.c" />""");
        project.Write("bpf/flow.bpf.c", Source);
        project.Write(
            "Program.cs",
            """
            using BpfMaps;
            Console.WriteLine(default(Flow.Stats).Packets);
            [BpfObject("flow.bpf.o")] internal sealed partial class Flow;
            """
        );
        project.Build();
        project.Write("bpf/flow.bpf.c", Source.Replace("packets", "frames", StringComparison.Ordinal));

        string error = Assert.Single(project.BuildErrors());

        Assert.StartsWith("Program.cs(2,", error, StringComparison.Ordinal);
        Assert.Contains("CS1061", error, StringComparison.Ordinal);
    }

    [Fact]
    public void GeneratedDeclarations_BuildAgainstTheirObject()
    {
        Require.Clang();
        using ConsumerProject project = new("""<BpfProgram Include="bpf/flow.bpf.c" />""");
        project.Write("bpf/flow.bpf.c", Source);
        project.Build();
        project.Write(
            "Flow.cs",
            Processes.Run(
                "dotnet",
                [ConsumerProject.ToolAssembly, "generate", project["bin/Debug/net10.0/flow.bpf.o"], "--namespace", "Acme"]
            )
        );
        project.Write("Program.cs", """Console.WriteLine(Acme.FlowsMap.Schema.Key);""");

        project.Build();

        Assert.StartsWith(
            "Key (16 bytes): Address u32 @0, Name char[12] @4",
            Processes.Run("dotnet", [project["bin/Debug/net10.0/Consumer.dll"]]),
            StringComparison.Ordinal
        );
    }
}
