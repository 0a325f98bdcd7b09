using System.CommandLine;
using System.Globalization;
using BpfMaps.Tool.Loaded;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps list</c>, which lists all maps in the kernel.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        Option<bool> json = EntryOptions.CreateJson("An array of objects, one for each map.");
        Command command = new("list", "Lists all maps in the kernel: id, type, name, sizes, capacity, memory, pins.") { json };
        command.SetAction(arguments =>
        {
            if (arguments.GetValue(json))
                WriteJson();
            else
                WriteTable(Console.Out);
            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteTable(TextWriter output)
    {
        ILookup<uint, string> pins = Pins.OfMaps();
        Table table = new("ID", "TYPE", "NAME", "KEY", "VALUE", "ENTRIES", "MEMLOCK", "PINNED");
        foreach (BpfMapInfo info in RawMap.EnumerateLoaded())
        {
            table.Add(
                Text(info.Id),
                info.Type.ToString(),
                info.Name,
                Text(info.KeySize),
                Text(info.ValueSize),
                Text(info.MaxEntries),
                UsageOf(info.Id) is { } usage ? Text(usage.MemoryLocked) : "gone",
                string.Join(' ', pins[info.Id])
            );
        }

        table.Write(output);
    }

    private static void WriteJson()
    {
        ILookup<uint, string> pins = Pins.OfMaps();
        Owners owners = Owners.Find();
        JsonRows.Write(
            RawMap.EnumerateLoaded(),
            (writer, info) =>
            {
                BpfMapUsage? usage = UsageOf(info.Id);
                writer.WriteNumber("id", info.Id);
                writer.WriteString("type", info.Type.ToString());
                writer.WriteString("name", info.Name);
                writer.WriteNumber("keySize", info.KeySize);
                writer.WriteNumber("valueSize", info.ValueSize);
                writer.WriteNumber("maxEntries", info.MaxEntries);
                writer.WriteNumber("flags", (ulong)info.Flags);
                writer.WriteNumber("memory", usage?.MemoryLocked ?? 0);
                writer.WriteBoolean("frozen", usage?.IsFrozen ?? false);
                writer.WriteBoolean("types", info.BtfId != 0);
                writer.WriteTexts("pins", pins[info.Id]);
                writer.WriteProcesses("processes", owners.OfMap(info.Id).Select(static owner => (owner.ProcessId, owner.Command)));
            }
        );
    }

    /// <returns><see langword="null"/> if the map was removed in the meantime.</returns>
    private static BpfMapUsage? UsageOf(uint id)
    {
        try
        {
            using RawMap map = RawMap.OpenById(id, access: BpfMapAccess.ReadOnly);
            return map.GetUsage();
        }
        catch (BpfException exception) when (exception.ErrnoName == "ENOENT")
        {
            return null;
        }
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
