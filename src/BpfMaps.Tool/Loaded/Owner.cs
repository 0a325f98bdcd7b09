using System.Globalization;

namespace BpfMaps.Tool.Loaded;

/// <summary>A process that holds a descriptor.</summary>
/// <param name="ProcessId">The id of the process.</param>
/// <param name="Command">Its name, up to 15 characters.</param>
internal readonly record struct Owner(int ProcessId, string Command)
{
    /// <summary>Returns the name and the id: <c>agent(1234)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Command}({ProcessId})");
}
