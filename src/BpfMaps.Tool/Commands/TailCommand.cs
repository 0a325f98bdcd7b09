using System.CommandLine;
using BpfMaps.Metadata;
using BpfMaps.Tool.Live;
using BpfMaps.Tool.Loaded;
using BpfMaps.Tool.Printing;

namespace BpfMaps.Tool.Commands;

/// <summary>The command <c>bpfmaps tail</c>, which prints the records of a ring or perf event array.</summary>
internal static class TailCommand
{
    public static Command Create()
    {
        Argument<string> target = MapTarget.CreateArgument();
        Option<string?> type = new("--type", "-t")
        {
            Description =
                "The type of the records. It is searched in the BTF of the programs that use the map, or in the file of --types. Default: that of the map, or bytes.",
        };
        Option<int?> count = new("--count", "-n") { Description = "Ends after this number of records." };
        Option<double?> seconds = Pace.CreateSeconds();
        Option<bool> steal = new("--steal") { Description = "Reads even if another process does, which then misses these records." };
        Option<bool> json = EntryOptions.CreateJson("One value of JSON per line for each record.");
        Command command = new(
            "tail",
            "Prints the records of a ring buffer or perf event array as they are written. Records that are read are gone."
        )
        {
            target,
            type,
            count,
            seconds,
            steal,
            json,
        };
        TypeOptions types = new(command);
        command.SetAction(arguments =>
        {
            using RawMap map = MapTarget.Open(arguments.GetRequiredValue(target), BpfMapAccess.ReadWrite);
            if (map.Info.Type is not (BpfMapType.RingBuf or BpfMapType.PerfEventArray))
                throw new NotSupportedException($"map {map} has no records; 'bpfmaps watch' shows changes of its entries");
            BpfTypeLayout? layout = arguments.GetValue(type) is { } name
                ? types.File(arguments)?.FindType(name) ?? RecordType.Find(map, name)
                : RecordType.Of(map, types.Declared(arguments, map));
            if (!arguments.GetValue(steal) && Readers.Of(map) is { Count: > 0 } readers)
                throw new InvalidDataException(
                    $"map {map} is read by {string.Join(", ", readers)}, which would miss the records that are printed here; use --steal to read them anyway"
                );
            using Pace pace = new(TimeSpan.Zero, arguments.GetValue(seconds));
            Run(map, layout, pace, arguments.GetValue(count) ?? int.MaxValue, arguments.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static void Run(RawMap map, BpfTypeLayout? layout, Pace pace, int limit, bool asJson)
    {
        RecordSource source = map.Info.Type == BpfMapType.RingBuf ? new RingConsumer(map) : OpenPerf(map);
        using Stream stream = Console.OpenStandardOutput();
        using RecordPrinter printer = new(layout, asJson, stream);
        Console.Error.WriteEscapedLine($"reading map {map}");
        using CancellationTokenRegistration end = pace.Ended.Register(source.Close);
        int count = 0;
        source.Enter();
        while (count < limit)
        {
            BytesSink sink = new(printer.Write);
            int taken = source.Drain(ref sink, limit - count);
            count += taken;
            if (taken == 0 && source.Wait(Timeout.InfiniteTimeSpan) == BpfWaitResult.Interrupted)
                break;
        }
        source.Leave();
        source.Close();
    }

    private static PerfConsumer OpenPerf(RawMap map)
    {
        PerfConsumer buffers = new(map)
        {
            OnLost = static (cpu, lost) => Console.Error.WriteLine($"bpfmaps: {lost} records of CPU {cpu} were lost"),
        };
        buffers.Open(BpfPerfEventArray.DefaultPages);
        return buffers;
    }
}
