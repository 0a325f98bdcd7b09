using System.CommandLine;
using System.Globalization;
using BpfMaps.Tool.Loaded;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps progs</c>, which lists all programs in the kernel.</summary>
internal static class ProgsCommand
{
    public static Command Create()
    {
        Option<bool> json = EntryOptions.CreateJson("An array of objects, one for each program.");
        Command command = new("progs", "Lists all programs in the kernel: id, type, name, maps, links, runs, processes, pins.") { json };
        command.SetAction(arguments =>
        {
            BpfProgramInfo[] programs = [.. BpfProgram.EnumerateLoaded()];
            ILookup<uint, uint> links = BpfLink.EnumerateLoaded().ToLookup(static link => link.ProgramId, static link => link.Id);
            if (arguments.GetValue(json))
                WriteJson(programs, links);
            else
                WriteTable(programs, links);
            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteTable(BpfProgramInfo[] programs, ILookup<uint, uint> links)
    {
        ILookup<uint, string> pins = Pins.OfPrograms();
        Owners owners = Owners.Find();
        Table table = new("ID", "TYPE", "NAME", "MAPS", "LINKS", "RUNS", "AVERAGE", "PROCESSES", "PINNED");
        foreach (BpfProgramInfo program in programs)
        {
            table.Add(
                Text(program.Id),
                program.Type.ToString(),
                program.Name,
                string.Join(',', program.MapIds),
                string.Join(',', links[program.Id]),
                // Counted only while statistics are enabled.
                program.RunCount == 0
                    ? ""
                    : Text(program.RunCount),
                program.RunCount == 0 ? "" : Units.Nanoseconds(program.RunTime.TotalNanoseconds / program.RunCount),
                string.Join(' ', owners.OfProgram(program.Id)),
                string.Join(' ', pins[program.Id])
            );
        }
        table.Write(Console.Out);
    }

    private static void WriteJson(BpfProgramInfo[] programs, ILookup<uint, uint> links)
    {
        ILookup<uint, string> pins = Pins.OfPrograms();
        Owners owners = Owners.Find();
        JsonRows.Write(
            programs,
            (writer, program) =>
            {
                writer.WriteNumber("id", program.Id);
                writer.WriteString("type", program.Type.ToString());
                writer.WriteString("name", program.Name);
                writer.WriteString("tag", program.Tag);
                writer.WriteString("loaded", program.LoadTime);
                writer.WriteNumber("user", program.UserId);
                writer.WriteNumber("runs", program.RunCount);
                writer.WriteNumber("nanoseconds", (long)program.RunTime.TotalNanoseconds);
                writer.WriteNumbers("maps", program.MapIds);
                writer.WriteNumbers("links", links[program.Id]);
                writer.WriteTexts("pins", pins[program.Id]);
                writer.WriteProcesses("processes", owners.OfProgram(program.Id).Select(static owner => (owner.ProcessId, owner.Command)));
            }
        );
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
