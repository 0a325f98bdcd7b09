using System.Globalization;
using System.Text.Json;
using BpfMaps;

namespace ExecWatch;

/// <summary>Prints events as lines or as JSON, up to the requested number.</summary>
internal sealed class View : IDisposable
{
    private readonly Options _options;
    private readonly Stream _output;
    private readonly StreamWriter _text;
    private readonly Utf8JsonWriter _json;
    private int _shown;

    public View(Options options, Stream output)
    {
        _options = options;
        _output = output;
        _text = new StreamWriter(output) { AutoFlush = true };
        _json = new Utf8JsonWriter(output);
        if (!options.Json)
            _text.WriteLine($"{"event", -5} {"pid", 7} {"command", -16} what");
    }

    public bool IsFull => _shown >= _options.Count;

    /// <summary>The number of events left to show.</summary>
    public int Batch => _options.Count - _shown ?? int.MaxValue;

    /// <summary>Prints an event. The header determines its type.</summary>
    public void Show(in EventHeader header, ReadOnlySpan<byte> record)
    {
        if (_options.Command is { } wanted && header.Command.ToString() != wanted)
            return;
        switch (header.Kind)
        {
            case EventKind.Exec:
                Show(in BpfRecord.As<ExecEvent>(record));
                break;
            case EventKind.Exit:
                Show(in BpfRecord.As<ExitEvent>(record));
                break;
            default:
                return; // unknown event type
        }

        _shown++;
    }

    public void Dispose()
    {
        _json.Dispose();
        _text.Dispose();
    }

    private void Show(in ExecEvent exec)
    {
        if (!_options.Json)
        {
            WriteLine("exec", exec.Header, $"{exec.Path} by {exec.ParentId}");
            return;
        }

        StartObject("exec", exec.Header);
        _json.WriteNumber("parent", exec.ParentId);
        _json.WriteString("path", exec.Path.ToString());
        EndObject();
    }

    private void Show(in ExitEvent exit)
    {
        if (!_options.Json)
        {
            string after = exit.Duration is { } duration ? $" after {duration.TotalMilliseconds:F3} ms" : "";
            string signal = exit.Signal == 0 ? "" : $" (signal {exit.Signal})";
            WriteLine("exit", exit.Header, $"{exit.ExitCode}{signal}{after}");
            return;
        }

        StartObject("exit", exit.Header);
        _json.WriteNumber("exit_code", exit.ExitCode);
        if (exit.Signal != 0)
            _json.WriteNumber("signal", exit.Signal);
        if (exit.Nanoseconds != 0)
            _json.WriteNumber("duration_ns", exit.Nanoseconds);
        EndObject();
    }

    private void WriteLine(string kind, in EventHeader header, string what) =>
        _text.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{kind, -5} {header.ProcessId, 7} {header.Command.ToString(), -16} {what}")
        );

    private void StartObject(string kind, in EventHeader header)
    {
        _json.WriteStartObject();
        _json.WriteString("event", kind);
        _json.WriteNumber("pid", header.ProcessId);
        _json.WriteString("command", header.Command.ToString());
        _json.WriteNumber("at_ns", header.At);
    }

    private void EndObject()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _output.WriteByte((byte)'\n');
    }
}
