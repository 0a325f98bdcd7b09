// Exports metrics of the kernel for Prometheus: run queues, system calls, TCP and timers. bpf/kernel.bpf.c counts them.
using BpfMaps;
using KernelMetrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

Options? options = Options.Parse(args, out string? error);
if (options is null)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

if (!BpfHost.IsKernelUsable(out string? missing) || !Libbpf.IsAvailable(out missing))
{
    Console.Error.WriteLine($"KernelMetrics needs BPF. {missing}");
    return 1;
}

try
{
    using KernelObject kernel = KernelObject.OpenEmbedded();
    kernel.Load();

    WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // a failed start is printed below
    builder.WebHost.ConfigureKestrel(server => server.Listen(options.Address, options.Port));
    builder.Services.AddBpfMetrics(metrics => Add(metrics, kernel));
    await using WebApplication app = builder.Build();
    app.MapBpfMetrics("/metrics");
    await app.StartAsync();

    // Programs are attached last, so that nothing is counted if the port is not free.
    BpfLink[] links = [.. kernel.Object.Programs.Select(program => program.Attach())];
    Console.Error.WriteLine($"Serving {app.Urls.First()}/metrics");
    await app.WaitForShutdownAsync();
    foreach (BpfLink link in links)
        link.Dispose();
    return 0;
}
catch (Exception exception) when (exception is BpfException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static void Add(BpfMetricsRegistry metrics, KernelObject kernel)
{
    metrics.Add(kernel.RunQueue);
    metrics.Add(kernel.CallDuration);
    metrics.Add(kernel.Calls);
    metrics.Add(kernel.CallErrors);
    metrics.Add(kernel.TcpStates);
    metrics.Add(kernel.TimerStarts);
    metrics.Add(kernel.Lost);

    // Their number of runs and run time are exported while kernel.bpf_stats_enabled is 1.
    foreach (BpfObjectProgram program in kernel.Object.Programs)
        metrics.AddProgram(program.Name, program.FileDescriptor);
}
