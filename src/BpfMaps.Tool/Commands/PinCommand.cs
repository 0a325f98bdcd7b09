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
        Option<bool> json = EntryOptions.CreateJson($"{ChangeDocument.Fields}, path, pathExists (with --dry-run: the path is in use).");
        Command command = new("pin", "Pins a map at a path, which keeps it without a process.") { target, path, dryRun, json };
        command.SetAction(arguments =>
        {
            using RawMap map = MapTarget.Open(arguments.GetRequiredValue(target), BpfMapAccess.ReadWrite);
            string pin = Path.GetFullPath(arguments.GetRequiredValue(path));
            bool isDryRun = arguments.GetValue(dryRun);
            bool exists = isDryRun && Path.Exists(pin);
            if (!isDryRun)
                map.Pin(pin);
            if (arguments.GetValue(json))
                return ChangeDocument.Write(
                    map,
                    "pin",
                    isDryRun,
                    output =>
                    {
                        output.Property("path", pin);
                        output.Property("pathExists", exists);
                    }
                );
            return Say(isDryRun ? $"would pin map {map} at {pin}{(exists ? ", but the path exists" : "")}" : $"pinned map {map} at {pin}");
        });
        return command;
    }

    public static Command CreateUnpin()
    {
        Argument<string> path = new("path") { Description = "The pin to remove." };
        Option<bool> dryRun = EntryOptions.CreateDryRun();
        Option<bool> json = EntryOptions.CreateJson($"{ChangeDocument.Fields}, path.");
        Command command = new("unpin", "Removes a pin of a map. The map exists as long as anything else holds it.") { path, dryRun, json };
        command.SetAction(arguments =>
        {
            string pin = Path.GetFullPath(arguments.GetRequiredValue(path));
            // Opening it shows that it is the pin of a map, and not of a program or a link.
            using RawMap map = RawMap.OpenPinned(pin, BpfMapAccess.ReadOnly);
            bool isDryRun = arguments.GetValue(dryRun);
            if (!isDryRun)
                map.Unpin(pin);
            if (arguments.GetValue(json))
                return ChangeDocument.Write(map, "unpin", isDryRun, output => output.Property("path", pin));
            return Say($"{(isDryRun ? "would remove" : "removed")} the pin {pin} of map {map}");
        });
        return command;
    }

    public static Command CreateFreeze()
    {
        Argument<string> target = MapTarget.CreateArgument();
        Option<bool> dryRun = EntryOptions.CreateDryRun();
        Option<bool> json = EntryOptions.CreateJson($"{ChangeDocument.Fields}, wasFrozen (with --dry-run: it is frozen already).");
        Command command = new(
            "freeze",
            "Makes a map read-only for user space, for as long as it exists. Programs in the kernel can still write to it."
        )
        {
            target,
            dryRun,
            json,
        };
        command.SetAction(arguments =>
        {
            using RawMap map = MapTarget.Open(arguments.GetRequiredValue(target), BpfMapAccess.ReadWrite);
            bool isDryRun = arguments.GetValue(dryRun);
            bool wasFrozen = isDryRun && map.GetUsage().IsFrozen;
            if (!isDryRun)
                map.Freeze();
            if (arguments.GetValue(json))
                return ChangeDocument.Write(map, "freeze", isDryRun, output => output.Property("wasFrozen", wasFrozen));
            return Say(
                wasFrozen ? $"map {map} is frozen already"
                : isDryRun ? $"would freeze map {map}"
                : $"froze map {map}: user space can no longer write to it"
            );
        });
        return command;
    }

    private static int Say(string sentence)
    {
        Console.Out.WriteEscapedLine(sentence);
        return ExitCode.Success;
    }
}
