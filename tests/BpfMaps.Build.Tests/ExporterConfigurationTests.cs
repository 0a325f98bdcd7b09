using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary><c>bpfmaps generate --metrics</c>: configurations of ebpf_exporter as C# declarations.</summary>
public sealed class ExporterConfigurationTests
{
    private const string Source = """
        #include <linux/bpf.h>
        #include <bpf/bpf_helpers.h>

        #define MAP(name, map_type, key_type, value_type) \
        	struct { \
        		__uint(type, BPF_MAP_TYPE_##map_type); \
        		__uint(max_entries, 64); \
        		__type(key, key_type); \
        		__type(value, value_type); \
        	} name SEC(".maps")

        struct address { __u8 bytes[4]; };
        struct request {
        	__u32 call;
        	__u16 operation; // and 2 bytes of padding
        	__u64 control_group;
        	struct address client;
        	__be32 server;
        	char command[16];
        	__u8 raw[4];
        	__s32 error;
        	__u32 device;
        	__u32 interface;
        	char name[20];
        };
        struct disk { __u32 device; __u32 slot; };
        struct stats { __u64 count; __u64 bytes; };

        MAP(requests_total, HASH, struct request, __u64);
        MAP(timers, PERCPU_HASH, __u64, __u64);
        MAP(disk_seconds, HASH, struct disk, __u64);
        MAP(zero_bytes, ARRAY, __u32, __u64);
        MAP(waits_of_threads_seconds, PERCPU_ARRAY, __u32, __u64);
        MAP(sizes, HASH, __u32, __u64);
        MAP(vendors, HASH, __u32, __u64);
        MAP(stacks, HASH, __u64, __u64);
        MAP(halves, HASH, __u64, __u64);
        MAP(structs, HASH, __u32, struct stats);
        MAP(cpus, PERCPU_ARRAY, __u32, __u64);
        MAP(other, HASH, __u32, __u32);
        struct {
        	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
        	__uint(key_size, 4);
        	__uint(value_size, 4);
        } kills SEC(".maps");

        char LICENSE[] SEC("license") = "GPL";
        """;

    private const string Supported = """
        metrics:
          counters:
            - name: requests_total
              help: Requests "seen" by the kernel
              labels:
                - { name: call, size: 4, decoders: [ { name: uint }, { name: syscall } ] }
                - name: operation
                  size: 2
                  padding: 2
                  decoders:
                    - name: uint
                    - name: static_map
                      static_map: { 1: read, 2: write }
                - { name: cgroup, size: 8, decoders: [ { name: cgroup } ] }
                - { name: client, size: 4, decoders: [ { name: inet_ip } ] }
                - { name: server, size: 4, decoders: [ { name: uint } ] }
                - name: command
                  size: 16
                  decoders:
                    - name: string
                    - name: regexp
                      regexps: [ "^curl$", "^wget$" ]
                - { name: raw, size: 4, decoders: [ { name: hex } ] }
                - { name: error, size: 4, decoders: [ { name: uint }, { name: errno } ] }
                - { name: device, size: 4, decoders: [ { name: majorminor } ] }
                - { name: interface, size: 4, decoders: [ { name: ifname } ] }
                - { name: name, size: 24, decoders: [ { name: string }, { name: dname } ] }
            - name: timers
              help: Timers
              labels: [ { name: function, size: 8, decoders: [ { name: ksym } ] } ]
          histograms:
            - name: disk_seconds
              help: Latency
              bucket_type: exp2
              bucket_min: 0
              bucket_max: 3
              bucket_multiplier: 0.000001
              labels:
                - name: device
                  size: 4
                  decoders: [ { name: static_map, allow_unknown: true, static_map: { 8: sda } } ]
                - { name: bucket, size: 4, decoders: [ { name: uint } ] }
            - name: zero_bytes
              help: Sizes
              bucket_type: exp2zero
              bucket_min: 0
              bucket_max: 2
              labels: [ { name: bucket, size: 4, decoders: [ { name: uint } ] } ]
            - name: waits_of_threads_seconds
              help: Waits
              bucket_type: linear
              bucket_min: 0
              bucket_max: 2
              bucket_multiplier: 0.5
              labels: [ { name: bucket, size: 4, decoders: [ { name: uint } ] } ]
            - name: sizes
              help: More sizes
              bucket_type: fixed
              bucket_keys: [ 1, 3 ]
              labels: [ { name: bucket, size: 4, decoders: [ { name: uint } ] } ]
        """;

    private const string Unsupported = """
        kaddrs: [ tcp_prot ]
        tracing:
          spans: [ { name: exec, ringbuf: execs } ]
        metrics:
          gauges: []
          counters:
            - { name: kills, help: h, perf_event_array: true, flush_interval: 5s }
            - { name: vendors, help: h, labels: [ { name: vendor, size: 4, decoders: [ { name: uint }, { name: pci_vendor } ] } ] }
            - { name: stacks, help: h, labels: [ { name: stack, size: 8, decoders: [ { name: kstack } ] } ] }
            - name: halves
              help: h
              labels:
                - { name: high, size: 4, decoders: [ { name: uint } ] }
                - { name: low, size: 4, decoders: [ { name: uint } ] }
            - { name: structs, help: h, labels: [ { name: id, size: 4, decoders: [ { name: uint } ] } ] }
            - name: cpus
              help: h
              labels:
                - { name: index, size: 4, decoders: [ { name: uint } ] }
                - { name: cpu, size: 2, decoders: [ { name: uint } ] }
            - { name: timers, help: h, labels: [ { name: f, size: 8, decoders: [ { name: ifname } ] } ] }
            - name: other
              help: h
              labels: [ { name: n, size: 4, decoders: [ { name: uint }, { name: regexp, regexps: [ "(?P<n>1)" ] } ] } ]
          histograms:
            - name: sizes
              help: h
              bucket_type: exp2
              bucket_min: -1
              bucket_max: 3
              labels: [ { name: bucket, size: 4, decoders: [ { name: uint } ] } ]
        """;

    [Fact]
    public void SupportedConfiguration_ExportsWhatTheExporterDoes()
    {
        Require.Clang();
        Require.Kernel();
        using ConsumerProject project = Project();
        project.Write("config.yaml", Supported);

        (string declarations, string errors) = Generate(project);
        project.Write("Metrics.cs", declarations);
        project.Write(
            "Program.cs",
            """
            using System.Buffers;
            using System.Text;
            using System.Runtime.InteropServices;
            using Acme;
            using BpfMaps;

            using RequestsTotalMap requests = RequestsTotalMap.Create();
            Request request = new() { Call = 0, Operation = 2, ControlGroup = ulong.MaxValue, Server = 256, Error = 2, Device = 0x103, Interface = 1 };
            "curl"u8.CopyTo(request.Command.Bytes());
            "\u0003www\u0003org"u8.CopyTo(request.Name.Bytes());
            "\u007f\0\0\u0001"u8.CopyTo(request.Client.Bytes());
            requests[request] = 3;
            request.Operation = 7;
            requests[request] = 4;
            "bash"u8.CopyTo(request.Command.Bytes());
            requests[request] = 5;
            using DiskSecondsMap disks = DiskSecondsMap.Create();
            disks[new() { Device = 8, Slot = 1 }] = 2;
            disks[new() { Device = 8, Slot = 4 }] = 3;
            disks[new() { Device = 9, Slot = 3 }] = 1;
            using ZeroBytesMap zeros = ZeroBytesMap.Create();
            zeros[0] = 1;
            zeros[2] = 1;
            using WaitsOfThreadsSecondsMap waits = WaitsOfThreadsSecondsMap.Create();
            waits.Set(2, Enumerable.Repeat(1ul, waits.CpuCount).ToArray());
            using SizesMap sizes = SizesMap.Create();
            sizes[3] = 6;
            using TimersMap timers = TimersMap.Create();

            using BpfMetricsRegistry metrics = new();
            foreach (BpfMap map in new BpfMap[] { requests, disks, zeros, waits, sizes, timers })
                metrics.Add(map);
            ArrayBufferWriter<byte> text = new();
            metrics.WritePrometheus(text);
            Console.WriteLine(waits.CpuCount);
            Console.Write(Encoding.UTF8.GetString(text.WrittenSpan));

            static class Extensions
            {
                public static Span<byte> Bytes<T>(this ref T field) where T : unmanaged =>
                    MemoryMarshal.AsBytes(new Span<T>(ref field));
            }
            """
        );
        project.Build("-warnaserror");
        string[] lines = project.RunBuilt().Split('\n');
        int cpus = int.Parse(lines[0], System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal("", errors);
        string[] expected =
        [
            "# HELP ebpf_exporter_requests_total Requests \"seen\" by the kernel",
            RequestLine("write", 3),
            RequestLine("unknown:7", 4),
            """ebpf_exporter_disk_seconds_bucket{device="sda",le="1e-06"} 0""",
            """ebpf_exporter_disk_seconds_bucket{device="sda",le="2e-06"} 2""",
            """ebpf_exporter_disk_seconds_bucket{device="sda",le="8e-06"} 2""",
            """ebpf_exporter_disk_seconds_sum{device="sda"} 3e-06""",
            """ebpf_exporter_disk_seconds_bucket{device="9",le="8e-06"} 1""",
            """ebpf_exporter_zero_bytes_bucket{le="0"} 1""",
            """ebpf_exporter_zero_bytes_bucket{le="1"} 1""",
            """ebpf_exporter_zero_bytes_bucket{le="2"} 2""",
            """ebpf_exporter_waits_of_threads_seconds_bucket{le="0.5"} 0""",
            $$"""ebpf_exporter_waits_of_threads_seconds_bucket{le="1"} {{cpus}}""",
            """ebpf_exporter_sizes_bucket{le="1"} 0""",
            """ebpf_exporter_sizes_bucket{le="3"} 6""",
        ];
        foreach (string line in expected)
            Assert.True(lines.Contains(line), $"missing: {line}\nin:\n{string.Join('\n', lines)}");
        Assert.DoesNotContain(lines, static line => line.Contains("bash", StringComparison.Ordinal));
        return;

        static string RequestLine(string operation, int count)
        {
            string call = RuntimeInformation.OSArchitecture == Architecture.X64 ? "read" : "io_setup";
            return $"ebpf_exporter_requests_total{{call=\"{call}\",operation=\"{operation}\",cgroup=\"18446744073709551615\",client=\"127.0.0.1\","
                + "server=\"65536\",command=\"curl\",raw=\"00000000\",error=\"ENOENT\",device=\"null\",interface=\"lo\",name=\"www.org\"} "
                + count;
        }
    }

    [Fact]
    public void UnsupportedParts_AreNamed()
    {
        Require.Clang();
        using ConsumerProject project = Project();
        project.Write("config.yaml", Unsupported);

        (string declarations, string errors) = Generate(project);
        project.Write("Metrics.cs", declarations);
        project.Build("-warnaserror");

        string[] expected =
        [
            "'kaddrs' (tcp_prot): set the variables kaddr_... of the object before Load()",
            "'tracing': read the ring buffers of the spans with their map classes",
            "'gauges' of 'metrics'",
            "'perf_event_array' of map 'kills': read its records with its map class, and count them in the program",
            "map 'vendors': label 'vendor': decoder 'pci_vendor': write a class that implements IBpfLabelDecoder<T>",
            "map 'stacks': label 'stack': decoder 'kstack': write a class that implements IBpfLabelDecoder<T>",
            "map 'halves': label 'high': bytes 0 to 3 are not a field of the key",
            "map 'structs': its values are not integers",
            "map 'cpus': label 'cpu' of each CPU: the values of all CPUs are added up",
            "map 'timers': label 'f': decoder 'ifname' of u64: it takes u32 or s32",
            "map 'other': label 'n': decoder 'regexp': '(?P<n>1)' contains '(?P', which .NET writes in another way",
            "map 'sizes': 'bucket_min' -1 and 'bucket_max' 3: expected numbers from 0 to 63",
        ];
        Assert.Equal(
            expected.Select(static line => "bpfmaps: not supported: " + line).Order(StringComparer.Ordinal),
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)
        );
        Assert.All(expected, line => Assert.Contains($"// Not supported: {line}.\n", declarations, StringComparison.Ordinal));
        Assert.DoesNotContain("[BpfCounter", declarations, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("programs: []", "'programs' is of ebpf_exporter 1")]
    [InlineData("metrics: { counters: [ { help: h } ] }", "'name' is missing (line 1)")]
    [InlineData("metrics: [", "is not valid YAML")]
    [InlineData("a\n", "expected one mapping")]
    [InlineData("metrics: { counters: [ { name: nothing, help: h } ] }", "the object has no map 'nothing'; its maps are cpus,")]
    public void InvalidConfiguration_IsAnError(string text, string sentence)
    {
        Require.Clang();
        using ConsumerProject project = Project();
        project.Write("config.yaml", text);

        (int exitCode, string output, string errors) = TryGenerate(project);

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains(sentence, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static ConsumerProject Project()
    {
        string metrics = $"{Checkout.Root}src/BpfMaps.Metrics/bin/{Checkout.Configuration}/net10.0/BpfMaps.Metrics.dll";
        ConsumerProject project = new($"""<Reference Include="{metrics}" /><BpfObject Include="program.bpf.o" />""");
        project.AllowPaddingInC();
        File.WriteAllBytes(project["program.bpf.o"], ClangCompiler.CompileText(Source));
        return project;
    }

    private static (string Declarations, string Errors) Generate(ConsumerProject project)
    {
        (int exitCode, string output, string errors) = TryGenerate(project);
        Assert.True(exitCode == 0, errors);
        return (output, errors);
    }

    private static (int ExitCode, string Output, string Errors) TryGenerate(ConsumerProject project) =>
        Processes.TryRun(
            "dotnet",
            ConsumerProject.ToolAssembly,
            "generate",
            project["program.bpf.o"],
            "--metrics",
            project["config.yaml"],
            "--namespace",
            "Acme"
        );
}
