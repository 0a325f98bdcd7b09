using System.CommandLine;
using BpfMaps.Metadata;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>
/// The command <c>bpfmaps show</c>, which shows the maps of an object or a loaded map, with the layouts of keys and values.
/// </summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        Argument<string> target = new("target") { Description = $"A compiled BPF object (.o). {MapTarget.Description}" };
        Command command = new(
            "show",
            "Shows the maps of an object, or a loaded map: sizes, and the fields of keys and values with their offsets."
        )
        {
            target,
        };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(target), Console.Out));
        return command;
    }

    private static int Run(string target, TextWriter output)
    {
        if (target.EndsWith(".o", StringComparison.Ordinal))
            ShowObject(BpfObjectFile.Open(target), output);
        else
            ShowMap(target, output);
        return ExitCode.Success;
    }

    private static void ShowObject(BpfObjectFile file, TextWriter output)
    {
        foreach (string refusal in file.Refusals)
            output.WriteEscapedLine($"libbpf rejects the object: {refusal}");
        foreach (BpfMapDefinition map in file.Maps)
        {
            output.WriteEscapedLine(
                $"map {map}: key {map.KeySize} bytes, value {map.ValueSize} bytes, max_entries {map.MaxEntries}{FlagText(map.Flags)}{(map.Pinning == BpfMapPinning.ByName ? ", pinned by name" : "")}"
            );
            foreach (string refusal in map.Refusals.Concat(map.InnerMap?.Refusals ?? []))
                output.WriteEscapedLine($"  libbpf rejects the map: {refusal}");
            if (map.IsVariables)
            {
                foreach (BpfVariableDefinition variable in map.Variables)
                    output.WriteEscapedLine($"  {variable}");
            }
            else
            {
                LayoutDrawing.Draw("key", map.Key, map.KeyProblem, output);
                LayoutDrawing.Draw("value", map.Value, map.ValueProblem, output);
            }

            output.WriteLine();
        }

        foreach (BpfProgramDefinition program in file.Programs)
            output.WriteEscapedLine($"program {program.Name} in {program.Section}");
    }

    private static void ShowMap(string target, TextWriter output)
    {
        using RawMap map = MapTarget.Open(target);
        BpfMapInfo info = map.Info;
        BpfMapUsage usage = map.GetUsage();
        output.WriteEscapedLine(
            $"map {map}: key {info.KeySize} bytes, value {info.ValueSize} bytes, max_entries {info.MaxEntries}{FlagText(info.Flags)}, memlock {usage.MemoryLocked}{(usage.IsFrozen ? ", frozen" : "")}"
        );
        if (!MapBtf.TryGetLayouts(map, out BpfTypeLayout? key, out BpfTypeLayout? value))
        {
            output.WriteLine("  The kernel has no types (BTF) for this map.");
            return;
        }

        LayoutDrawing.Draw("key", key, problem: null, output);
        LayoutDrawing.Draw("value", value, problem: null, output);
    }

    private static string FlagText(BpfMapFlags flags) => flags == BpfMapFlags.None ? "" : $", flags {flags}";
}
