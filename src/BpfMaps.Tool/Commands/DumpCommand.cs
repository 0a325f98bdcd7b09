using System.CommandLine;
using BpfMaps.Metadata;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>
/// The command <c>bpfmaps dump</c>, which prints the elements of a map with the types of the kernel, or in hexadecimal without types.
/// </summary>
internal static class DumpCommand
{
    public static Command Create()
    {
        Argument<string> target = new("map") { Description = MapTarget.Description };
        Option<bool> json = new("--json")
        {
            Description = "A JSON array of objects with 'key' and 'value' (per-CPU maps: 'values', one per possible CPU).",
        };
        Command command = new("dump", "Prints the elements of a map.") { target, json };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(target), arguments.GetValue(json)));
        return command;
    }

    private static int Run(string target, bool asJson)
    {
        using RawMap map = MapTarget.Open(target);
        if (map.KeySize == 0)
            throw new KeyNotFoundException($"map {map} has no keys: its elements cannot be read without removing them");

        MapBtf.TryGetLayouts(map, out BpfTypeLayout? keyLayout, out BpfTypeLayout? valueLayout);
        Element element = new(map, new ValuePrinter(keyLayout, isKey: true), new ValuePrinter(valueLayout, isKey: false));
        if (asJson)
            WriteJson(element);
        else
            WriteText(element);
        return ExitCode.Success;
    }

    private static void WriteJson(Element element)
    {
        using Stream stream = Console.OpenStandardOutput();
        using JsonOutput json = new(stream);
        json.BeginArray();
        foreach (byte[] key in element.Keys())
        {
            json.BeginObject();
            json.Name("key");
            element.PrintKey(key, json);
            json.Name(element.IsPerCpu ? "values" : "value");
            element.PrintValue(json);
            json.EndObject();
        }
        json.EndArray();
    }

    private static void WriteText(Element element)
    {
        // Console.Out flushes after each call: a system call for each number and each bracket.
        using StreamWriter output = new(Console.OpenStandardOutput(), bufferSize: 64 * 1024);
        long count = 0;
        foreach (byte[] key in element.Keys())
        {
            count++;
            element.PrintKey(key, new TextOutput(output));
            output.Write(" -> ");
            element.PrintValue(new TextOutput(output));
            output.WriteLine();
        }

        output.WriteLine($"{count} element{(count == 1 ? "" : "s")}");
    }

    /// <summary>The elements of a map.</summary>
    private sealed class Element(RawMap map, ValuePrinter keyPrinter, ValuePrinter valuePrinter)
    {
        private readonly byte[] _value = new byte[map.PerCpuValueSize != 0 ? map.PerCpuValueSize : map.ValueSize];

        public bool IsPerCpu => map.PerCpuValueSize != 0;

        /// <summary>Enumerates the elements, and returns their keys.</summary>
        public IEnumerable<byte[]> Keys()
        {
            foreach (byte[] key in map.Keys.AsEnumerable())
            {
                // An element that is not found was removed in the meantime.
                if (IsPerCpu ? map.TryLookupPerCpu(key, _value) : map.TryLookup(key, _value))
                    yield return key;
            }
        }

        public void PrintKey(byte[] key, IValueOutput output) => keyPrinter.Print(key, output);

        public void PrintValue(IValueOutput output)
        {
            if (!IsPerCpu)
            {
                valuePrinter.Print(_value, output);
                return;
            }
            output.BeginArray();
            for (int index = 0; index < map.Host.PossibleCpuCount; index++)
            {
                output.BeginObject();
                output.Name("cpu");
                output.Number((long)map.Host.PossibleCpus[index]);
                output.Name("value");
                valuePrinter.Print(_value.AsSpan(index * map.PerCpuStride, map.ValueSize), output);
                output.EndObject();
            }
            output.EndArray();
        }
    }
}
