using BpfMaps.Metadata;

namespace BpfMaps;

/// <summary>Why libbpf refuses an object, as its definitions show it.</summary>
internal static class LoadRefusals
{
    /// <returns>A sentence for each reason; empty if the definitions show none.</returns>
    public static string Of(Func<BpfObjectFile> read)
    {
        BpfObjectFile file;
        try
        {
            file = read();
        }
        catch (Exception problem) when (problem is BpfFormatException or IOException or UnauthorizedAccessException)
        {
            return ""; // Then libbpf's own message says what is wrong with the file.
        }
        IEnumerable<string> ofMaps = file
            .Maps.SelectMany(static map => map.InnerMap is { } inner ? new[] { map, inner } : [map])
            .SelectMany(static map => map.Refusals.Select(refusal => $"Map '{map.Name}': {refusal}."));
        return string.Join(Environment.NewLine, file.Refusals.Select(static refusal => $"The object: {refusal}.").Concat(ofMaps));
    }
}
