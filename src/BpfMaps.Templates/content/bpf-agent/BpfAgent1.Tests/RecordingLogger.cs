using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Agent.Tests;

/// <summary>A log that a test reads.</summary>
internal sealed class RecordingLogger<T> : ILogger<T>
{
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();

    public ValueTask<string> ReadAsync(CancellationToken cancellation) => _messages.Reader.ReadAsync(cancellation);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _messages.Writer.TryWrite(formatter(state, exception));
}
