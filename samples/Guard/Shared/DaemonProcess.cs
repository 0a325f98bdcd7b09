using System.Globalization;

namespace Guard;

/// <summary>Identity of the daemon in the settings. The start time distinguishes it from a later process with the same id.</summary>
internal static class DaemonProcess
{
    public static bool IsRunning(in Settings settings) => settings.Daemon != 0 && StartOf(settings.Daemon) == settings.DaemonStarted;

    /// <summary>The start of a process in clock ticks since boot; 0 if there is no such process.</summary>
    public static ulong StartOf(uint process)
    {
        try
        {
            // Field 22; the command in field 2 is in parentheses and may contain anything.
            string stat = File.ReadAllText($"/proc/{process}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? 0 : ulong.Parse(fields[19], CultureInfo.InvariantCulture); // a zombie has ended
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
