using Microsoft.Extensions.Logging;

namespace BpfMaps.Hosting;

/// <summary>The log messages of hosted objects.</summary>
internal static partial class HostedObjectLog
{
    [LoggerMessage(1, LogLevel.Information, "Loaded the BPF object {Name}: {Maps} maps, {Programs} programs")]
    public static partial void Loaded(ILogger logger, string name, int maps, int programs);

    [LoggerMessage(2, LogLevel.Information, "Attached the BPF program {Program}")]
    public static partial void Attached(ILogger logger, string program);

    [LoggerMessage(3, LogLevel.Information, "The pinned link {Pin} runs the BPF program {Program} of this process now")]
    public static partial void TookOver(ILogger logger, string pin, string program);

    [LoggerMessage(4, LogLevel.Warning, "Replaced the pinned map {Pin}: {Reason}")]
    public static partial void ReplacedMap(ILogger logger, string pin, string reason);

    [LoggerMessage(5, LogLevel.Warning, "Replaced the pinned link {Pin}: {Reason}")]
    public static partial void ReplacedLink(ILogger logger, string pin, string reason);

    [LoggerMessage(6, LogLevel.Information, "Detached the programs of the BPF object {Name}")]
    public static partial void Detached(ILogger logger, string name);

    [LoggerMessage(7, LogLevel.Information, "The programs of the BPF object {Name} stay attached, pinned in {Folder}")]
    public static partial void Kept(ILogger logger, string name, string folder);

    [LoggerMessage(8, LogLevel.Information, "Mounted the BPF file system at {Path}")]
    public static partial void Mounted(ILogger logger, string path);
}
