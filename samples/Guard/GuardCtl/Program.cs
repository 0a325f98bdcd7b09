// Shows and edits the pinned maps of a running or stopped guard.
using BpfMaps;
using Guard;

const string Usage = """
    Usage: guardctl [--pins FOLDER] COMMAND
      status                   the filter, the daemon and the counters
      list                     the rules, with the packets that each has dropped
      block NETWORK            drop the packets of an address or a network
      limit NETWORK RATE       drop what each of its sources sends beyond RATE packets per second
      allow NETWORK            pass all packets, an exception from a wider rule or from the limit
      unblock NETWORK          remove the rule
      top [COUNT]              the sources with the most dropped packets, then the most packets (default: 10)
      drops [COUNT]            dropped packets as they happen, until Ctrl+C or COUNT
      remove                   detach the filter and delete its maps; stop the daemon first
    """;

Pins pins = new(Pins.DefaultFolder);
if (args is ["--pins", { Length: > 0 } folder, ..])
{
    pins = new Pins(Path.GetFullPath(folder));
    args = args[2..];
}

try
{
    Func<int>? run = args switch
    {
        ["status"] => () => Control.Status(pins),
        ["list"] => () => Control.List(pins),
        ["block" or "limit" or "allow", var network, .. var rest] => () => Control.Set(pins, [network, args[0], .. rest]),
        ["unblock", var network] => () => Control.Unblock(pins, network),
        ["top"] => () => Control.Top(pins, 10),
        ["top", var count] when int.TryParse(count, out int number) && number > 0 => () => Control.Top(pins, number),
        ["drops"] => () => DropWatch.Run(pins, int.MaxValue),
        ["drops", var count] when int.TryParse(count, out int number) && number > 0 => () => DropWatch.Run(pins, number),
        ["remove"] => () => Control.Remove(pins),
        _ => null,
    };
    if (run is not null)
    {
        if (!File.Exists(pins.Settings))
        {
            Console.Error.WriteLine(
                $"Guard is not installed here: nothing is pinned in {pins.Folder}. Start the daemon ('systemctl start guard'), "
                    + "or name its folder with --pins. Without root, the folder may exist but not be readable."
            );
            return 1;
        }
        return run();
    }
}
catch (BpfMapMismatchException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine("guardctl and the daemon are of different versions.");
    return 1;
}
catch (Exception exception) when (exception is BpfException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

if (args.Length > 0)
    Console.Error.WriteLine($"'{string.Join(' ', args)}' is not a command.");
Console.Error.WriteLine(Usage);
return 2;
