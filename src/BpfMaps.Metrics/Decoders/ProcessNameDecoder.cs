using System.Globalization;

namespace BpfMaps;

/// <summary>
/// Decodes ids of processes and threads to command names from <c>/proc/PID/comm</c>. Ids of ended processes are written as
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
            // The process has ended.
            return null;
        }
    }
}
