using System.Runtime.InteropServices;

namespace BpfMaps.Tests;

/// <summary>Tests of a consumer of the metrics packages: a native ASP.NET Core application with an object, a map and /metrics.</summary>
public sealed class MetricsTests(PackageFeed feed)
{
    [Fact]
    public void Application_IsPublishedWithoutWarningsAndServesItsMetrics()
    {
        Require.Kernel();
        Require.Clang();
        Require.Libbpf();
        using PackageConsumer project = new(
            feed,
            "BpfMaps.Metrics.AspNetCore",
            $"""
            <PackageReference Include="BpfMaps.Libbpf" Version="{feed.Version}" />
            <PackageReference Include="OpenTelemetry.Extensions.Hosting" Version="1.20.1" />
            <BpfProgram Include="http.bpf.c" />
            """,
            "<OutputType>Exe</OutputType><PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization>"
        );
        project.Write(
            "http.bpf.c",
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>

            struct request_key { __be32 address; __u32 method; __u64 cgroup; };
            struct request_stats { __u64 requests, bytes; __u32 open; __u64 duration[32]; };
            struct {
            	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
            	__uint(max_entries, 1024);
            	__type(key, struct request_key);
            	__type(value, struct request_stats);
            } requests SEC(".maps");

            char LICENSE[] SEC("license") = "GPL";
            """
        );
        project.Write(
            "RequestStats.cs",
            """
            using System.Runtime.CompilerServices;
            using BpfMaps;

            [BpfMap(Type = BpfMapType.PerCpuHash, Name = "requests", Object = "http.bpf.o")]
            public struct RequestStats
            {
                public struct Key
                {
                    [BpfLabel("client")] public Be32 Address;
                    [BpfLabel("method")] public HttpMethod Method;
                    [BpfLabel("cgroup", Decoder = typeof(CgroupPathDecoder))] public ulong Cgroup;
                }
                [BpfCounter("http.requests", Unit = "{request}", Description = "Requests seen by the kernel")] public ulong Requests;
                [BpfCounter("http.request.size", Unit = "By")] public ulong Bytes;
                [BpfGauge("http.open")] public uint Open;
                [BpfHistogram("http.duration", Unit = "s", Buckets = BpfBuckets.PowerOfTwo, Scale = 1e-9)] public Slots Duration;
            }

            public enum HttpMethod : uint { Get, Post }

            [InlineArray(32)] public struct Slots { private ulong _first; }

            [BpfObject("http.bpf.o")] public sealed partial class Http;
            """
        );
        project.Write(
            "Program.cs",
            """
            using BpfMaps;
            using Microsoft.AspNetCore.Builder;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Logging;

            using Http http = Http.Open();
            http.Load();
            RequestStats[] stats = new RequestStats[http.Requests.CpuCount];
            stats[0] = new() { Requests = 3, Bytes = 1200, Open = 2 };
            stats[0].Duration[1] = 3;
            stats[^1].Bytes += 34;
            http.Requests.Set(new() { Address = System.Net.IPAddress.Loopback.ToBe32(), Method = HttpMethod.Post, Cgroup = ulong.MaxValue }, stats);

            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.Services.AddBpfMetrics(metrics => metrics.Add(http.Requests));
            builder.Services.AddOpenTelemetry().WithMetrics(m => m.AddMeter("BpfMaps"));
            await using WebApplication app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapBpfMetrics("/metrics");
            await app.StartAsync();
            using HttpClient client = new();
            Console.Write(await client.GetStringAsync(app.Urls.First() + "/metrics"));
            """
        );

        project.Publish("-r", RuntimeInformation.RuntimeIdentifier, "-warnaserror", "-o", project["out"]);
        string text = Processes.Run(project["out/Consumer"]);

        const string Labels = """client="127.0.0.1",method="Post",cgroup="18446744073709551615""" + "\"";
        foreach (
            string line in new[]
            {
                "# HELP http_requests_total Requests seen by the kernel",
                $"http_requests_total{{{Labels}}} 3",
                $"http_request_size_bytes_total{{{Labels}}} 1234",
                $"http_open{{{Labels}}} 2",
                $"http_duration_seconds_bucket{{{Labels},le=\"2e-09\"}} 0",
                $"http_duration_seconds_bucket{{{Labels},le=\"4e-09\"}} 3",
                $"http_duration_seconds_count{{{Labels}}} 3",
                "bpfmaps_entries{map=\"requests\"} 1",
            }
        )
            Assert.Contains(line + "\n", text, StringComparison.Ordinal);
    }
}
