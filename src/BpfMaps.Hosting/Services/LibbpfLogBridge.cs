using Microsoft.Extensions.Logging;

namespace BpfMaps.Hosting;

/// <summary>Passes the messages of libbpf to the log of the application.</summary>
internal sealed partial class LibbpfLogBridge : IDisposable
{
    private readonly ILogger _logger;
    private readonly Action<LibbpfLogLevel, string> _write;
    private readonly bool _isConnected;

    /// <summary>Connects the log, unless the application has set <see cref="Libbpf.Log"/> itself.</summary>
    public LibbpfLogBridge(ILoggerFactory factory)
    {
        _logger = factory.CreateLogger("BpfMaps.Libbpf");
        _write = Write;
        _isConnected = Libbpf.Log is null;
        if (_isConnected)
            Libbpf.Log = _write;
    }

    public void Dispose()
    {
        if (_isConnected && Libbpf.Log == _write)
            Libbpf.Log = null;
    }

    private void Write(LibbpfLogLevel level, string message)
    {
        // libbpf logs every step as debug, and every section as information.
        LogLevel severity = level switch
        {
            LibbpfLogLevel.Warning => LogLevel.Warning,
            LibbpfLogLevel.Information => LogLevel.Debug,
            _ => LogLevel.Trace,
        };
        try
        {
            Message(_logger, severity, message);
        }
        catch (Exception failure) when (failure is AggregateException or ObjectDisposedException)
        {
            // A provider of the log failed. libbpf called this method, and no exception can pass through it.
        }
    }

    [LoggerMessage(EventId = 1, Message = "{Message}")]
    private static partial void Message(ILogger logger, LogLevel level, string message);
}
