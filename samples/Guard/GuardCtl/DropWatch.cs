using BpfMaps;

namespace Guard;

/// <summary>Shows dropped packets as they happen. The filter writes them to the ring of guardctl while somebody watches.</summary>
internal static class DropWatch
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(1);

    public static int Run(Pins pins, int count)
    {
        // A ring has one reader. The kernel releases the lock if this process is killed.
        string path = $"/run/guardctl{pins.Folder.Replace('/', '_')}.lock";
        using FileStream? turn = TryLock(path);
        if (turn is null)
        {
            Console.Error.WriteLine("Another guardctl shows the dropped packets already.");
            return 1;
        }
        using WatchedDropsMap drops = WatchedDropsMap.OpenPinned(pins.WatchedDrops);
        using WatchedUntilMap until = WatchedUntilMap.OpenPinned(pins.WatchedUntil);
        using CancellationTokenSource stop = new();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };

        drops.Read(static (in Drop _) => { }); // left by an earlier guardctl
        int shown = 0;
        until[0] = BpfClock.Now + Nanoseconds(s_step * 2);
        Console.Error.WriteLine("Watching...");
        while (shown < count && !stop.IsCancellationRequested)
        {
            until[0] = BpfClock.Now + Nanoseconds(s_step * 2);
            drops.Read(
                (in Drop drop) =>
                {
                    if (shown++ < count)
                        Console.WriteLine(drop);
                },
                s_step
            );
        }
        until[0] = 0;
        return 0;
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private static ulong Nanoseconds(TimeSpan time) => (ulong)(time.TotalMilliseconds * 1_000_000);
}
