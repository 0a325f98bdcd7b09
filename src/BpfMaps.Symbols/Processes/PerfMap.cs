using System.Globalization;

namespace BpfMaps.Symbols.Processes;

/// <summary>
/// Functions that a runtime generated, from <c>/tmp/perf-PID.map</c>: lines with a start, a size and a name. Runtimes append to it while
/// they run.
/// </summary>
internal sealed class PerfMap(int processId)
{
    private readonly Dictionary<ulong, (ulong Size, string Name)> _functions = [];
    private ulong[] _starts = [];
    private string? _path;
    private long _read;

    public bool TryFind(ulong address, out BpfSymbol symbol)
    {
        symbol = default;
        int at = Array.BinarySearch(_starts, address);
        if (at < 0)
            at = ~at - 1;
        if (at < 0)
            return false;
        ulong offset = address - _starts[at];
        (ulong size, string name) = _functions[_starts[at]];
        if (offset >= size)
            return false;
        symbol = new BpfSymbol(name, offset, "");
        return true;
    }

    /// <summary>Reads what has been written since the last call.</summary>
    /// <returns>Whether there are new functions.</returns>
    public bool Refresh()
    {
        try
        {
            _path ??= PathOf(processId);
            if (_path is null)
                return false;
            using FileStream file = new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length <= _read)
                return false;
            file.Position = _read;
            using StreamReader reader = new(file);
            string text = reader.ReadToEnd();
            int complete = text.LastIndexOf('\n') + 1;
            foreach (ReadOnlySpan<char> line in text.AsSpan(0, complete).EnumerateLines())
                Add(line);
            _read += System.Text.Encoding.UTF8.GetByteCount(text.AsSpan(0, complete));
            _starts = [.. _functions.Keys.Order()];
            return complete > 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // The process has ended, or writes no such file.
        }
    }

    private void Add(ReadOnlySpan<char> line)
    {
        // 00007f1a2c000000 1a5 void [App] App.Program::Main(class System.String[])[Tier0]
        int first = line.IndexOf(' '),
            second = first < 0 ? -1 : line[(first + 1)..].IndexOf(' ');
        if (second < 0 || !TryHex(line[..first], out ulong start) || !TryHex(line.Slice(first + 1, second), out ulong size))
            return;
        // A later line is about newer code at the same place.
        _functions[start] = (size, line[(first + second + 2)..].ToString());
    }

    private static bool TryHex(ReadOnlySpan<char> digits, out ulong value)
    {
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            digits = digits[2..];
        return ulong.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The file has the id that the process has in its own PID namespace, and is in its own /tmp.</summary>
    private static string? PathOf(int processId)
    {
        string process = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}");
        string? ids = File.ReadLines($"{process}/status")
            .FirstOrDefault(static line => line.StartsWith("NSpid:", StringComparison.Ordinal));
        return ids is null ? null : $"{process}/root/tmp/perf-{ids.Split('\t')[^1]}.map";
    }
}
