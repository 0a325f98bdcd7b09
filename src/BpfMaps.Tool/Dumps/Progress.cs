using System.Diagnostics;
using System.Globalization;
using BpfMaps.Tool.Entries;

namespace BpfMaps.Tool.Dumps;

/// <summary>
/// A line on standard error that says how far a long dump is. It is only for people: standard error must be a terminal, and standard output
/// must not, because its lines would be mixed with it.
/// </summary>
internal static class Progress
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    public static IEnumerable<Entry> Report(IEnumerable<Entry> entries, RawMap map) =>
        Console.IsErrorRedirected || !Console.IsOutputRedirected ? entries : Counted(entries, map);

    private static IEnumerable<Entry> Counted(IEnumerable<Entry> entries, RawMap map)
    {
        const int EntriesBetweenLooks = 1024;
        long count = 0;
        TimeSpan next = s_patience;
        bool isShown = false;
        Stopwatch watch = Stopwatch.StartNew();
        foreach (Entry entry in entries)
        {
            count++;
            if (count % EntriesBetweenLooks == 0 && watch.Elapsed >= next)
            {
                isShown = true;
                next = watch.Elapsed + s_interval;
                double rate = count / watch.Elapsed.TotalSeconds;
                Console.Error.Write(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"\r{count:N0} of at most {map.Info.MaxEntries:N0} entries read, {rate:N0} a second\u001b[K"
                    )
                );
            }
            yield return entry;
        }
        if (isShown)
            Console.Error.Write("\r\u001b[K");
    }
}
