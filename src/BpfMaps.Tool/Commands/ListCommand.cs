using System.CommandLine;
using System.Globalization;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps list</c>, which lists all maps in the kernel.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        Command command = new("list", "Lists all maps in the kernel: id, type, name, sizes, capacity, memory, pins.");
        command.SetAction(_ => Run(Console.Out));
        return command;
    }

    private static int Run(TextWriter output)
    {
        ILookup<uint, string> pins = Pins.Find();
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
                MemoryOf(info.Id),
                string.Join(' ', pins[info.Id])
            );
        }

        table.Write(output);
        return ExitCode.Success;
    }

    private static string MemoryOf(uint id)
    {
        try
        {
            using RawMap map = RawMap.OpenById(id, access: BpfMapAccess.ReadOnly);
            return Text(map.GetUsage().MemoryLocked);
        }
        catch (BpfException exception) when (exception.ErrnoName == "ENOENT")
        {
            return "gone"; // The map was removed in the meantime.
        }
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
