using System.Globalization;

namespace BpfMaps.Symbols.Processes;

/// <summary>The executable memory of a process, in the order of the addresses.</summary>
internal sealed class MemoryMappings
{
    private readonly MemoryMapping[] _mappings;

    private MemoryMappings(MemoryMapping[] mappings) => _mappings = mappings;

    public static MemoryMappings None { get; } = new([]);

    /// <returns>The mapping of an address; <see langword="null"/> if there is none.</returns>
    public MemoryMapping? Find(ulong address)
    {
        int low = 0,
            high = _mappings.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_mappings[middle].End <= address)
                low = middle + 1;
            else
                high = middle;
        }
        return low < _mappings.Length && _mappings[low].Start <= address ? _mappings[low] : null;
    }

    /// <summary>Reads the mappings again.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="current">Receives the mappings; these if the process has ended or cannot be read.</param>
    /// <returns>Whether they have changed.</returns>
    public bool Refresh(int processId, out MemoryMappings current)
    {
        current = this;
        MemoryMapping[] mappings;
        try
        {
            mappings =
            [
                .. File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/maps"))
                    .Select(MemoryMapping.Parse)
                    .OfType<MemoryMapping>(),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // The process has ended, or belongs to another user.
        }
        if (mappings.Length == 0 || mappings.AsSpan().SequenceEqual(_mappings))
            return false;
        current = new MemoryMappings(mappings);
        return true;
    }
}
