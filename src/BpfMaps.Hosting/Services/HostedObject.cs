using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace BpfMaps.Hosting;

/// <summary>An object of an application: loaded when it is created, then attached, and stopped or left pinned at the end.</summary>
internal sealed class HostedObject<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] T> : IDisposable
    where T : BpfTypedObject
{
    private readonly Lock _gate = new();
    private readonly BpfHostedObjectOptions<T> _options;
    private readonly ILogger _logger;
    private readonly LibbpfLogBridge _libbpf;
    private readonly PinFolder? _folder;
    private readonly List<(string Program, BpfLink Link)> _links = [];
    private bool _isAttached;

    public HostedObject(BpfHostedObjectOptions<T> options, ILoggerFactory loggers)
    {
        _options = options;
        _logger = loggers.CreateLogger($"BpfMaps.Hosting.{typeof(T).Name}");
        _libbpf = new LibbpfLogBridge(loggers);
        try
        {
            if (options.PinFolder is { } path)
                _folder = new PinFolder(path, mounted => HostedObjectLog.Mounted(_logger, mounted));
            Object = Open(_folder is null ? options.ObjectOptions : options.ObjectOptions with { PinRoot = _folder.Path });
        }
        catch
        {
            _libbpf.Dispose();
            throw;
        }
        try
        {
            Load();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public T Object { get; }

    /// <summary>Attaches the programs. If one fails, those that were not attached before are detached again.</summary>
    public void Attach()
    {
        lock (_gate)
        {
            List<string> added = [];
            try
            {
                foreach ((BpfObjectProgram program, Func<BpfObjectProgram, BpfLink>? attach) in Attachments())
                    _links.Add((program.Name, Attach(program, attach, added)));
                _isAttached = true;
            }
            catch
            {
                foreach ((string program, BpfLink link) in _links)
                {
                    if (added.Contains(program))
                        link.Unpin();
                    link.Dispose();
                }
                _links.Clear();
                throw;
            }
        }
    }

    /// <summary>Closes the links, and removes the pins if the options say so.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isAttached = false;
            if (_folder is not null && _options.RemovePinsOnStop)
                RemovePins();
            foreach ((_, BpfLink link) in _links)
                link.Dispose();
            _links.Clear();
            if (_folder is not null && !_options.RemovePinsOnStop)
                HostedObjectLog.Kept(_logger, Object.Object.Name, _folder.Path);
            else
                HostedObjectLog.Detached(_logger, Object.Object.Name);
        }
    }

    /// <summary>Checks that the maps are open, the programs attached, and the pins in place.</summary>
    public HealthCheckResult Check()
    {
        lock (_gate)
        {
            if (!_isAttached)
                return HealthCheckResult.Unhealthy($"The programs of the BPF object '{Object.Object.Name}' are not attached.");
            List<string> failures = [];
            List<string> missing = [];
            Dictionary<string, object> data = [];
            foreach (BpfObjectMap map in Object.Object.Maps.Where(static map => map.PinPath is not null))
            {
                using RawMap open = map.Open();
                data[map.Name] = open.Info.Id;
                if (!File.Exists(map.PinPath))
                    missing.Add(map.PinPath!);
            }
            foreach ((string program, BpfLink link) in _links)
                Check(program, link, failures, missing, data);
            return failures.Count != 0 ? HealthCheckResult.Unhealthy(string.Join(' ', failures), data: data)
                : missing.Count != 0
                    ? HealthCheckResult.Degraded($"Pins were removed: {string.Join(", ", missing)}. Restart to pin them again.", data: data)
                : HealthCheckResult.Healthy($"{_links.Count} programs are attached.", data);
        }
    }

    public void Dispose()
    {
        foreach ((_, BpfLink link) in _links)
            link.Dispose();
        _links.Clear();
        Object.Dispose();
        _libbpf.Dispose();
    }

    private static void Check(string program, BpfLink link, List<string> failures, List<string> missing, Dictionary<string, object> data)
    {
        try
        {
            BpfLinkInfo info = link.Info;
            data[program] = info.ToString()!;
            if (info.IsDetached)
                failures.Add($"Program '{program}' is not attached any more: its target was removed, or another process detached it.");
        }
        catch (NotSupportedException)
        {
            data[program] = "attached"; // Not a kernel link, so there is nothing to ask the kernel for.
        }
        catch (BpfException exception)
        {
            failures.Add($"Program '{program}': {exception.Message}");
        }
        if (link.PinPath is { } pin && !File.Exists(pin))
            missing.Add(pin);
    }

    // Generated classes have the method. A constraint would need static abstract members, which not every supported language version has.
    private static T Open(BpfObjectOptions options)
    {
        MethodInfo open =
            typeof(T).GetMethod("Open", BindingFlags.Public | BindingFlags.Static, [typeof(BpfObjectOptions)])
            ?? throw new InvalidOperationException(
                $"The class '{typeof(T)}' has no method Open(BpfObjectOptions): use a class with [BpfObject], which the build generates."
            );
        return open.CreateDelegate<Func<BpfObjectOptions?, T>>()(options);
    }

    private void Load()
    {
        _options.BeforeLoad?.Invoke(Object);
        _folder?.SetPaths(Object.Object);
        if (_options.PinPolicy == PinPolicy.Fail)
            _folder?.ThrowIfUsed(Object.Object);
        if (_folder is not null && _options.PinPolicy == PinPolicy.ReplaceIfDifferent)
            MapReplacement.Load(Object, (pin, reason) => HostedObjectLog.ReplacedMap(_logger, pin, reason));
        else
            Object.Load();
        HostedObjectLog.Loaded(_logger, Object.Object.Name, Object.Object.Maps.Count, Object.Object.Programs.Count);
    }

    private IEnumerable<(BpfObjectProgram Program, Func<BpfObjectProgram, BpfLink>? Attach)> Attachments() =>
        _options.Attachments.Count != 0
            ? _options.Attachments.Select(attachment => (attachment.Program(Object), attachment.Attach))
            : Object
                .Object.Programs.Where(static program => program.AutoLoad)
                .Select(static program => (program, (Func<BpfObjectProgram, BpfLink>?)null));

    private BpfLink Attach(BpfObjectProgram program, Func<BpfObjectProgram, BpfLink>? attach, List<string> added)
    {
        if (_folder is null)
        {
            BpfLink attached = attach is null ? program.Attach() : attach(program);
            HostedObjectLog.Attached(_logger, program.Name);
            return attached;
        }

        string pin = _folder[program.Name];
        bool isPinned = File.Exists(pin);
        BpfLink link;
        try
        {
            link = program.AttachOrUpdatePinned(pin, attach);
        }
        // Without an error number: the pinned link has another type or target.
        catch (BpfException exception) when (exception.Errno == 0 && _options.PinPolicy == PinPolicy.ReplaceIfDifferent)
        {
            File.Delete(pin);
            isPinned = false;
            link = program.AttachOrUpdatePinned(pin, attach);
            HostedObjectLog.ReplacedLink(_logger, pin, exception.Message);
        }
        if (isPinned)
            HostedObjectLog.TookOver(_logger, pin, program.Name);
        else
        {
            added.Add(program.Name);
            HostedObjectLog.Attached(_logger, program.Name);
        }
        return link;
    }

    private void RemovePins()
    {
        foreach ((_, BpfLink link) in _links)
        {
            if (link.PinPath is { } pin && File.Exists(pin))
                link.Unpin();
        }
        foreach (BpfObjectMap map in Object.Object.Maps)
        {
            if (map.PinPath is { } pin)
                File.Delete(pin);
        }
        if (!Directory.EnumerateFileSystemEntries(_folder!.Path).Any())
            Directory.Delete(_folder.Path);
    }
}
