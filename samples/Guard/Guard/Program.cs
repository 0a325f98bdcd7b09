// Filters the packets of a network interface. The filter and its maps are pinned, so that it works on while the daemon is stopped,
// restarted or upgraded.
using BpfMaps;
using Guard;
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
    Console.Error.WriteLine($"Guard needs BPF. {missing}");
    return 1;
}

try
{
    if (Running(options.Pins) is { } running)
    {
        Console.Error.WriteLine($"Guard is already running as process {running}. Stop it first: the filter stays attached.");
        return 1;
    }
    int? migrated = options.Migrate ? Migration.Run(options.Pins) : null;

    HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
    builder.Logging.AddSimpleConsole(static console => console.SingleLine = true);
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // a failed start is printed below
    builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
    builder.Services.AddSystemd();
    builder.Services.AddSingleton(options);
    builder.Services.AddHostedService<RulesService>(); // before the object, so that the first filter that is attached has its rules
    builder.Services.AddBpfObject<GuardObject>(hosted =>
    {
        hosted.PinFolder = options.Pins.Folder;
        hosted.Attach(static guard => guard.Filter, program => program.AttachXdp(options.Interface, options.Mode));
    });
    builder.Services.AddHostedService<DropLog>();

    using IHost host = builder.Build();
    ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Guard");
    if (migrated is { } sources)
        Log.Migrated(logger, sources);
    await host.StartAsync();
    Log.Ready(logger, options.Interface);
    await host.WaitForShutdownAsync();
    return Environment.ExitCode;
}
catch (BpfMapMismatchException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(
        "Nothing was changed, and the filter of the earlier version stays attached. "
            + "Start guard once with --migrate to convert its counters, or remove it with 'guardctl remove'."
    );
    return 3;
}
catch (Exception exception) when (exception is BpfException or IOException or UnauthorizedAccessException or FormatException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static uint? Running(Pins pins)
{
    if (!File.Exists(pins.Settings))
        return null;
    using SettingsMap map = SettingsMap.OpenPinned(pins.Settings, BpfMapAccess.ReadOnly);
    Settings settings = map[0];
    return DaemonProcess.IsRunning(settings) ? settings.Daemon : null;
}
