using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BpfMaps.Tests;

/// <summary>An application that counts its own calls of getppid with a hosted object.</summary>
internal sealed partial class TestApplication : IDisposable
{
    private readonly IHost _host;

    /// <param name="configure">Sets further options.</param>
    public TestApplication(Action<BpfHostedObjectOptions<CounterObject>> configure)
    {
        Require.Kernel();
        Require.Libbpf();
        Require.Clang().CompileToFile("counter.bpf.c");
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.Services.AddBpfObject<CounterObject>(options =>
        {
            options.BeforeLoad = static counter =>
            {
                counter.Rodata.TargetPid = (uint)Environment.ProcessId;
                counter.Rodata.CountedCall = CallNumber;
            };
            configure(options);
        });
        builder.Services.AddHealthChecks().AddCheck<BpfObjectHealthCheck<CounterObject>>("counter");
        _host = builder.Build();
    }

    public CollectedLog Log { get; } = new();

    public CounterObject Counter => _host.Services.GetRequiredService<CounterObject>();

    /// <summary>The calls that were counted of this process.</summary>
    public ulong Counted => Counter.Calls.TryGetValue((uint)Environment.ProcessId, out CounterObject.Counts counts) ? counts.Calls : 0;

    private static long CallNumber => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 110 : 173;

    /// <summary>Makes calls that are counted while the program is attached.</summary>
    public static void Call(int calls)
    {
        for (int i = 0; i < calls; i++)
            _ = ParentProcess();
    }

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    public async Task<HealthReportEntry> CheckAsync() =>
        (await _host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries[
            "counter"
        ];

    public void Dispose() => _host.Dispose();

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentProcess();
}
