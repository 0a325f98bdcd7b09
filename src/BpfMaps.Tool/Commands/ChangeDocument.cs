using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The JSON document of a command that changes a map: what was done, whether it was only asked for, and the map.</summary>
internal static class ChangeDocument
{
    public const string Fields = "One object: action, dryRun, map (id, type, name)";

    /// <summary>Writes the document to standard output.</summary>
    /// <param name="map">The map.</param>
    /// <param name="action">What was done.</param>
    /// <param name="isDryRun">Whether nothing was changed.</param>
    /// <param name="writeMore">Writes the fields that only this command has; <see langword="null"/> if it has none.</param>
    public static int Write(RawMap map, string action, bool isDryRun, Action<JsonOutput>? writeMore = null)
    {
        using JsonOutput json = new(Console.OpenStandardOutput());
        json.BeginObject();
        json.Property("action", action);
        json.Property("dryRun", isDryRun);
        json.Name("map");
        json.BeginObject();
        json.Property("id", (long)map.Info.Id);
        json.Property("type", map.Info.Type.ToString());
        json.Property("name", map.Info.Name);
        json.EndObject();
        writeMore?.Invoke(json);
        json.EndObject();
        return ExitCode.Success;
    }
}
