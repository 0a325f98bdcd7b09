using System.Globalization;

namespace BpfMaps;

/// <summary>
/// Turns ids of processes and threads into the command's name, as <c>/proc/PID/comm</c> has it. Those that have ended have none and stay
/// numbers.
/// </summary>
public sealed class ProcessNameDecoder : IBpfLabelDecoder<uint>, IBpfLabelDecoder<int>
{
    /// <inheritdoc/>
    public string? Decode(uint value) => Decode((int)value);

    /// <inheritdoc/>
    public string? Decode(int value)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{value}/comm")).TrimEnd('\n');
        }
        catch (IOException)
        {
            // It has ended, perhaps between opening and reading.
            return null;
        }
    }
}
