using System.Buffers;
using System.Text;
using BpfMaps;

namespace Agent.Tests;

/// <summary>Tests of the agent with maps in this process. AsProgram does what the BPF program would do.</summary>
public sealed class AgentTests
{
    private readonly InMemoryBpfHost _host = new();

    [Fact]
    public async Task EveryStart_IsLogged()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using StartEvents events = StartEvents.Create(_host);
        RecordingLogger<StartLog> logger = new();
        using StartLog log = new(events, logger);
        await log.StartAsync(cancellation);

        _host.AsProgram().Output("events", new StartEvent { ProcessId = 4711, Command = new("cat") });

        Assert.Equal("Process 4711 started cat", await logger.ReadAsync(cancellation));
        await log.StopAsync(cancellation);
    }

    [Fact]
    public void Starts_AreCountedByCommand()
    {
        using StartsMap starts = StartsMap.Create(_host);
        using BpfMetricsRegistry metrics = new();
        metrics.Add(starts);

        _host.AsProgram().Update("starts", new StartCount.Key { Command = new("cat") }, new StartCount { Count = 2 });

        ArrayBufferWriter<byte> text = new();
        metrics.WritePrometheus(text);
        Assert.Contains("process_starts_total{command=\"cat\"} 2\n", Encoding.UTF8.GetString(text.WrittenSpan));
    }
}
