using System.CommandLine;
using System.Globalization;
using BpfMaps.Tool.Loaded;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps links</c>, which lists all links in the kernel: programs, and what they are attached to.</summary>
internal static class LinksCommand
{
    public static Command Create()
    {
        Option<bool> json = EntryOptions.CreateJson("An array of objects, one for each link.");
        Command command = new("links", "Lists all links in the kernel: id, type, target, program, processes, pins.") { json };
        command.SetAction(arguments =>
        {
            BpfLinkInfo[] links = [.. BpfLink.EnumerateLoaded()];
            Dictionary<uint, string> programs = BpfProgram
                .EnumerateLoaded()
                .ToDictionary(static program => program.Id, static program => program.Name);
            if (arguments.GetValue(json))
                WriteJson(links, programs);
            else
                WriteTable(links, programs);
            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteTable(BpfLinkInfo[] links, Dictionary<uint, string> programs)
    {
        ILookup<uint, string> pins = Pins.OfLinks();
        Owners owners = Owners.Find();
        Table table = new("ID", "TYPE", "ATTACHED TO", "PROGRAM", "PROCESSES", "PINNED");
        foreach (BpfLinkInfo link in links)
        {
            table.Add(
                link.Id.ToString(CultureInfo.InvariantCulture),
                link.AttachType ?? link.Type.ToString(),
                link.IsDetached ? "(detached)" : link.Target,
                link.ProgramId == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"map {link.MapId}")
                    : string.Create(CultureInfo.InvariantCulture, $"{programs.GetValueOrDefault(link.ProgramId, "?")} ({link.ProgramId})"),
                string.Join(' ', owners.OfLink(link.Id)),
                string.Join(' ', pins[link.Id])
            );
        }
        table.Write(Console.Out);
    }

    private static void WriteJson(BpfLinkInfo[] links, Dictionary<uint, string> programs)
    {
        ILookup<uint, string> pins = Pins.OfLinks();
        Owners owners = Owners.Find();
        JsonRows.Write(
            links,
            (writer, link) =>
            {
                writer.WriteNumber("id", link.Id);
                writer.WriteString("type", link.Type.ToString());
                writer.WriteString("attachType", link.AttachType);
                writer.WriteString("target", link.Target);
                writer.WriteBoolean("detached", link.IsDetached);
                writer.WriteNumber("program", link.ProgramId);
                writer.WriteString("programName", programs.GetValueOrDefault(link.ProgramId));
                writer.WriteNumber("map", link.MapId);
                writer.WriteNumber("cookie", link.Cookie);
                writer.WriteTexts("pins", pins[link.Id]);
                writer.WriteProcesses("processes", owners.OfLink(link.Id).Select(static owner => (owner.ProcessId, owner.Command)));
            }
        );
    }
}
