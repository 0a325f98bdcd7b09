using System.CommandLine;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>
/// The commands <c>bpfmaps pin</c>, <c>unpin</c> and <c>freeze</c>, which change what keeps a map and who may write to it.
/// </summary>
internal static class PinCommand
{
    public static Command CreatePin()
    {
        Argument<string> target = MapTarget.CreateArgument();
        Argument<string> path = new("path") { Description = "The new pin, in a BPF file system such as /sys/fs/bpf." };
        Option<bool> dryRun = EntryOptions.CreateDryRun();
        Command command = new("pin", "Pins a map at a path, which keeps it without a process.") { target, path, dryRun };
        command.SetAction(arguments =>
        {
            using RawMap map = MapTarget.Open(arguments.GetRequiredValue(target), BpfMapAccess.ReadWrite);
            string pin = Path.GetFullPath(arguments.GetRequiredValue(path));
            if (arguments.GetValue(dryRun))
                return Say($"would pin map {map} at {pin}{(File.Exists(pin) ? ", but the path exists" : "")}");
            map.Pin(pin);
            return Say($"pinned map {map} at {pin}");
        });
        return command;
    }

    public static Command CreateUnpin()
    {
        Argument<string> path = new("path") { Description = "The pin to remove." };
        Option<bool> dryRun = EntryOptions.CreateDryRun();
        Command command = new("unpin", "Removes a pin of a map. The map exists as long as anything else holds it.") { path, dryRun };
        command.SetAction(arguments =>
        {
            string pin = Path.GetFullPath(arguments.GetRequiredValue(path));
            // Opening it shows that it is the pin of a map, and not of a program or a link.
            using RawMap map = RawMap.OpenPinned(pin, BpfMapAccess.ReadOnly);
            if (arguments.GetValue(dryRun))
                return Say($"would remove the pin {pin} of map {map}");
            map.Unpin(pin);
            return Say($"removed the pin {pin} of map {map}");
        });
        return command;
    }

    public static Command CreateFreeze()
    {
        Argument<string> target = MapTarget.CreateArgument();
        Option<bool> dryRun = EntryOptions.CreateDryRun();
        Command command = new(
            "freeze",
            "Makes a map read-only for user space, for as long as it exists. Programs in the kernel can still write to it."
        )
        {
            target,
            dryRun,
        };
        command.SetAction(arguments =>
        {
            using RawMap map = MapTarget.Open(arguments.GetRequiredValue(target), BpfMapAccess.ReadWrite);
            if (arguments.GetValue(dryRun))
                return Say(map.GetUsage().IsFrozen ? $"map {map} is frozen already" : $"would freeze map {map}");
            map.Freeze();
            return Say($"froze map {map}: user space can no longer write to it");
        });
        return command;
    }

    private static int Say(string sentence)
    {
        Console.Out.WriteEscapedLine(sentence);
        return ExitCode.Success;
    }
}
