using System.CommandLine;
using BpfMaps.Tool.Loaded;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps features</c>, which shows what this kernel and these privileges allow.</summary>
internal static class FeaturesCommand
{
    private const int Width = 100;
    private const int Indent = 18;

    public static Command Create()
    {
        Option<bool> json = EntryOptions.CreateJson("An array of objects, one for each feature.");
        Command command = new("features", "Shows what this kernel and these privileges allow: map types, program types, settings.")
        {
            json,
        };
        command.SetAction(arguments =>
        {
            Feature[] features = [.. Machine.Features()];
            if (arguments.GetValue(json))
                JsonRows.Write(
                    features,
                    static (writer, feature) =>
                    {
                        writer.WriteString("name", feature.Name);
                        writer.WriteString("group", feature.Group);
                        if (feature.IsAvailable is { } isAvailable)
                            writer.WriteBoolean("available", isAvailable);
                        else
                            writer.WriteNull("available");
                        writer.WriteString("detail", feature.Detail);
                    }
                );
            else
                WriteText(features, Console.Out);
            return ExitCode.Success;
        });
        return command;
    }

    private static void WriteText(Feature[] features, TextWriter output)
    {
        foreach (IGrouping<string, Feature> group in features.GroupBy(static feature => feature.Group))
        {
            if (group.All(static feature => feature.Detail is not null))
            {
                int width = group.Max(static feature => feature.Name.Length);
                output.WriteLine(group.Key);
                foreach (Feature feature in group)
                    output.WriteEscapedLine($"  {feature.Name.PadRight(width)}  {feature.Detail}");
                continue;
            }
            output.WriteLine(group.Key);
            WriteNames("  yes", [.. group.Where(static f => f.IsAvailable == true).Select(static f => f.Name)], output);
            WriteNames("  no", [.. group.Where(static f => f.IsAvailable == false).Select(static f => f.Name)], output);
            WriteNames("  not permitted", [.. group.Where(static f => f.IsAvailable is null).Select(static f => f.Name)], output);
        }
    }

    /// <summary>Writes names as wrapped lines.</summary>
    private static void WriteNames(string head, string[] names, TextWriter output)
    {
        if (names.Length == 0)
            return;
        string line = head.PadRight(Indent);
        foreach (string name in names)
        {
            if (line.Length + name.Length > Width)
            {
                output.WriteLine(line.TrimEnd());
                line = new string(' ', Indent);
            }
            line += name + " ";
        }
        output.WriteLine(line.TrimEnd());
    }
}
