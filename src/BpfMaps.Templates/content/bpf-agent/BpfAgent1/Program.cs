// Logs the programs that start, and exports their number. bpf/agent.bpf.c observes them in the kernel.
using Agent;
using BpfMaps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

if (!BpfHost.IsKernelUsable(out string? missing) || !Libbpf.IsAvailable(out missing))
{
    Console.Error.WriteLine(missing);
    return 1;
}

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls(builder.Configuration["urls"] ?? "http://127.0.0.1:9464");
builder.Services.AddSystemd();

// The log is added before the object, so that it reads the ring when the first program is attached.
builder.Services.AddSingleton(static services => services.GetRequiredService<AgentObject>().Events);
builder.Services.AddHostedService<StartLog>();
builder.Services.AddBpfObject<AgentObject>();
builder.Services.AddBpfMetrics(static (services, metrics) => metrics.Add(services.GetRequiredService<AgentObject>().Starts));
builder.Services.AddHealthChecks().AddCheck<BpfObjectHealthCheck<AgentObject>>("agent");

await using WebApplication app = builder.Build();
app.MapBpfMetrics("/metrics");
app.MapHealthChecks("/health");
await app.RunAsync();
return 0;
